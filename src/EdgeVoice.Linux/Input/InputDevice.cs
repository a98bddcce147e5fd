namespace EdgeVoice.Linux.Input;

/// <summary>One input device with keys.</summary>
/// <param name="Words">What to write into the configuration, such as <c>input:PCsensor FootSwitch Keyboard</c>.</param>
/// <param name="Path">Its device node.</param>
/// <param name="Keys">Names of its first keys, which the configuration takes; numbers where they have no name.</param>
/// <param name="KeyCount">How many keys it has.</param>
/// <param name="Problem">Why it could not be asked, and what to do, in one line, or null.</param>
public sealed record InputDevice(string Words, string Path, IReadOnlyList<string> Keys, int KeyCount, string? Problem);

namespace EdgeVoice.Core.Control;

/// <summary>The configuration in force, for <c>status</c>.</summary>
/// <param name="Source">Where it came from: a file's path, or that it is the last good copy.</param>
/// <param name="Hash">What tells it from another one; empty where it is not known.</param>
/// <param name="AgeSeconds">How long it has been in force, in seconds.</param>
/// <param name="Problems">What is wrong with the one that is offered, one line each; empty while it is in force.</param>
/// <param name="Pending">Names of options that were changed and are not in force yet, each with what it waits for.</param>
public sealed record ControlConfiguration(
    string Source, string Hash, long AgeSeconds, IReadOnlyList<string> Problems, IReadOnlyList<string> Pending);

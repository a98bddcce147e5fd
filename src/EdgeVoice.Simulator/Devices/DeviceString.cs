namespace EdgeVoice.Simulator.Devices;

/// <summary>A device string, taken apart.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Argument">Path of a file or script, the name of hardware, or empty.</param>
/// <param name="Hz">Frequency of a tone, else 0.</param>
public readonly record struct DeviceString(DeviceStringKind Kind, string Argument = "", double Hz = 0);

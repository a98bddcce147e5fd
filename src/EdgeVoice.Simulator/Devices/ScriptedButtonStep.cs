namespace EdgeVoice.Simulator.Devices;

/// <summary>One change of a scripted button.</summary>
/// <param name="AtMs">Milliseconds since the start, 0 to 24 hours.</param>
/// <param name="IsDown">True when it goes down.</param>
public readonly record struct ScriptedButtonStep(long AtMs, bool IsDown);

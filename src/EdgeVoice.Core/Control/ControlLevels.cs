namespace EdgeVoice.Core.Control;

/// <summary>Levels at one moment in whole dBFS, -100 (silence) to 0.</summary>
/// <param name="Microphone">What the microphone hears; -100 while it is closed.</param>
/// <param name="Loudspeaker">What the loudspeaker plays.</param>
public readonly record struct ControlLevels(int Microphone, int Loudspeaker);

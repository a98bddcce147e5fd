namespace EdgeVoice.Core.Sounds;

/// <summary>One note of a tone, or a rest.</summary>
/// <param name="Hertz">Pitch; 0: a rest.</param>
/// <param name="Ms">How long it lasts.</param>
/// <param name="IsHarsh">With odd harmonics, as a buzzer has them.</param>
internal readonly record struct ToneNote(double Hertz, int Ms, bool IsHarsh = false);

namespace EdgeVoice.Core.Capture;

/// <summary>What is done to the microphone's level; by default nothing, and every bit is kept.</summary>
/// <param name="DcFilter">Takes out the offset of cheap converters.</param>
/// <param name="GainDb">Fixed gain in dB, -40 to 40; 0 alters nothing.</param>
/// <param name="Automatic">Raises quiet microphones slowly; the fixed gain does not count then.</param>
public sealed record CaptureLevel(bool DcFilter = false, double GainDb = 0, bool Automatic = false);

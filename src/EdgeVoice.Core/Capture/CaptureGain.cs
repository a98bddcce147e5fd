using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Capture;

/// <summary>The microphone's gain, fixed or automatic, and the limiter behind it.</summary>
/// <remarks>Used by <c>ev-capture</c> alone; allocates in its constructor only. A fixed gain of 0 dB alters nothing.</remarks>
internal sealed class CaptureGain
{
    private readonly AutomaticGain? _automatic;
    private readonly Limiter _limiter;
    private readonly float _factor;

    public CaptureGain(CaptureLevel level, int rate, int maxBlock)
    {
        _automatic = level.Automatic ? new AutomaticGain(rate) : null;
        _factor = Decibels.ToFactor(level.GainDb);
        _limiter = new Limiter(rate, maxBlock);
    }

    /// <summary>True when samples are altered.</summary>
    public bool IsActive => _automatic is not null || _factor != 1;

    public void Process(Span<float> mono)
    {
        if (!IsActive) return;
        if (_automatic is not null) _automatic.Process(mono);
        else foreach (ref var sample in mono) sample *= _factor;
        _limiter.Process(mono);
    }
}

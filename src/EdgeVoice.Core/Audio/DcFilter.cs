namespace EdgeVoice.Core.Audio;

/// <summary>Takes the offset out of a microphone: a high-pass of the first order at 20 Hz, far below any voice.</summary>
/// <remarks>One thread; in place; no allocation.</remarks>
public sealed class DcFilter
{
    /// <summary>Corner in Hz: -3 dB here, -0.2 dB at 100 Hz.</summary>
    public const double CornerHz = 20;

    private readonly double _pole;
    private double _input, _output;
    private bool _primed;

    /// <summary>For mono at <paramref name="rate"/> samples a second, 1,000 to 384,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside the range.</exception>
    public DcFilter(int rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, Resampler.LowestRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, Resampler.HighestRate);
        _pole = Math.Exp(-2 * Math.PI * CornerHz / rate);
    }

    /// <summary>Filters in place, block after block.</summary>
    public void Process(Span<float> samples)
    {
        if (samples.IsEmpty) return;
        // The first sample is taken for the offset: no thump when the device opens.
        if (!_primed) _input = samples[0];
        _primed = true;
        foreach (ref var sample in samples)
        {
            _output = sample - _input + _pole * _output;
            _input = sample;
            sample = (float)_output;
        }

        // What has died away must not linger among the denormal numbers, which are slow.
        if (Math.Abs(_output) < 1e-15) _output = 0;
    }

    /// <summary>Forgets what it heard.</summary>
    public void Reset()
    {
        (_input, _output) = (0, 0);
        _primed = false;
    }
}

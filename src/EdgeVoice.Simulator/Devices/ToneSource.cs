namespace EdgeVoice.Simulator.Devices;

/// <summary>A microphone that hears a pure tone, mono at 24,000 Hz: <c>tone:HZ</c>.</summary>
/// <remarks>The contract of <see cref="SimulatedSource"/>.</remarks>
public sealed class ToneSource : SimulatedSource
{
    /// <summary>Lowest tone in Hz.</summary>
    public const double LowestHz = 20;

    /// <summary>Highest tone in Hz, below half the rate.</summary>
    public const double HighestHz = 11_000;

    private readonly double _hz;
    private readonly double _amplitude;

    /// <summary>Creates the tone.</summary>
    /// <param name="hz">Frequency, 20 to 11,000 Hz.</param>
    /// <param name="time">Clock.</param>
    /// <param name="levelDb">Peak level in dB of full scale, at most 0; default -12.</param>
    public ToneSource(double hz, TimeProvider time, double levelDb = -12)
        : base(DefaultRate, 1, time)
    {
        if (!(hz >= LowestHz && hz <= HighestHz)) throw new ArgumentOutOfRangeException(nameof(hz), hz, "20 to 11000 Hz");
        if (!(levelDb <= 0)) throw new ArgumentOutOfRangeException(nameof(levelDb), levelDb, "at most 0 dB");
        _hz = hz;
        _amplitude = Math.Pow(10, levelDb / 20);
    }

    /// <inheritdoc/>
    protected override void Fill(long frame, Span<float> interleaved)
    {
        for (var i = 0; i < interleaved.Length; i++)
        {
            var turns = _hz * (frame + i) / DefaultRate;
            interleaved[i] = (float)(_amplitude * Math.Sin(2 * Math.PI * (turns - Math.Floor(turns))));
        }
    }
}

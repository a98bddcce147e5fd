namespace EdgeVoice.Simulator.Server;

/// <summary>What a step of voice detection found.</summary>
internal enum VoiceSignal
{
    /// <summary>Nothing new.</summary>
    None,

    /// <summary>Speech began.</summary>
    Started,

    /// <summary>The turn ended.</summary>
    Stopped,
}

/// <summary>
/// Speech by energy in frames of 20 ms, in the time of the audio itself. The level is the deviation from the frame's mean, so that a
/// steady offset is silence. A threshold of 0 to 1 stands for -60 to -20 dBFS (0.5: -40); a frame falls silent 5 dB below it.
/// Three loud frames in a row are speech, so that a click is not.
/// </summary>
/// <remarks>Under the session's gate.</remarks>
internal sealed class VoiceActivity
{
    private const int FrameMs = 20;
    private const int OnsetFrames = 3;
    private const double HysteresisDb = 5;

    private readonly int _frame;
    private readonly double _loud;
    private readonly double _quiet;
    private double _sum;
    private double _squares;
    private int _filled;
    private int _loudRun;

    internal VoiceActivity(int rate, double threshold)
    {
        _frame = rate * FrameMs / 1000;
        _loud = Power((threshold * 40) - 60);
        _quiet = Power((threshold * 40) - 60 - HysteresisDb);
    }

    /// <summary>Whether a turn is being spoken.</summary>
    internal bool Speaking { get; private set; }

    /// <summary>Samples of silence at the end of the turn being spoken.</summary>
    internal long SilentSamples { get; private set; }

    /// <summary>Samples from the first loud frame on, while speaking.</summary>
    internal long SpokenSamples { get; private set; }

    /// <summary>Takes samples up to the end of a frame and says how many it took.</summary>
    /// <param name="samples">What has not been looked at yet.</param>
    /// <param name="taken">How many samples belong to this step.</param>
    /// <param name="silenceNeeded">Samples of silence that end the turn, asked at each silent frame.</param>
    internal VoiceSignal Step(ReadOnlySpan<short> samples, out int taken, Func<long> silenceNeeded)
    {
        taken = Math.Min(samples.Length, _frame - _filled);
        foreach (var sample in samples[..taken])
        {
            _sum += sample;
            _squares += (double)sample * sample;
        }
        _filled += taken;
        if (_filled < _frame)
            return VoiceSignal.None;
        var mean = _sum / _frame;
        var power = (_squares / _frame) - (mean * mean);
        (_sum, _squares, _filled) = (0, 0, 0);
        return Speaking ? Continue(power, silenceNeeded) : Wait(power);
    }

    /// <summary>Forgets the turn being spoken (the buffer was committed or cleared).</summary>
    internal void Reset() => (Speaking, SilentSamples, SpokenSamples, _loudRun) = (false, 0, 0, 0);

    private VoiceSignal Wait(double power)
    {
        _loudRun = power >= _loud ? _loudRun + 1 : 0;
        if (_loudRun < OnsetFrames)
            return VoiceSignal.None;
        (Speaking, SilentSamples, SpokenSamples) = (true, 0, (long)OnsetFrames * _frame);
        return VoiceSignal.Started;
    }

    private VoiceSignal Continue(double power, Func<long> silenceNeeded)
    {
        SpokenSamples += _frame;
        SilentSamples = power >= _quiet ? 0 : SilentSamples + _frame;
        if (SilentSamples == 0 || SilentSamples < silenceNeeded())
            return VoiceSignal.None;
        Reset();
        return VoiceSignal.Stopped;
    }

    private static double Power(double dbfs) => 32768.0 * 32768.0 * Math.Pow(10, dbfs / 10);
}

namespace EdgeVoice.Core.Playback;

/// <summary>
/// The card's position without its jitter: many cards and every sound server tell it in steps of a transfer, a millisecond or more. Between
/// two readings it moves with time; a reading off by a little only pulls it, one off by much (a hiccup, an xrun) is believed at once.
/// </summary>
/// <remarks>Used by <c>ev-playback</c> only. Frames are the card's, times monotonic nanoseconds.</remarks>
internal sealed class HeardPosition
{
    // A reading as exact as the clock is taken as it is.
    private const double ExactFrames = 1.5;
    private const double BelievedS = 0.004;
    private const int SlowestShare = 16;
    private double _frame;
    private long _ns;
    private int _rate, _readings;

    /// <summary>The card starts with this frame.</summary>
    public void Begin(long frame, long timeNs, int rate) => (_frame, _ns, _rate, _readings) = (frame, timeNs, rate, 0);

    /// <summary>The next reading is believed as it is.</summary>
    public void Restart() => _readings = 0;

    /// <summary>A reading; <paramref name="atEnd"/>: nothing waits in the card, so it cannot move on. Returns the frame heard.</summary>
    public long Read(long frame, long timeNs, bool atEnd)
    {
        var predicted = _frame + (timeNs - _ns) * (double)_rate / 1e9;
        var error = frame - predicted;
        _ns = timeNs;
        // The first readings share the decision, so that one bad one does not set the course.
        _readings = Math.Min(_readings + 1, SlowestShare);
        var exact = atEnd || _readings == 1 || Math.Abs(error) <= ExactFrames || Math.Abs(error) > BelievedS * _rate;
        _frame = exact ? frame : predicted + error / _readings;
        return (long)Math.Floor(_frame);
    }
}

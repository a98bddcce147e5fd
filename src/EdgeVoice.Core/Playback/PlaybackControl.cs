namespace EdgeVoice.Core.Playback;

/// <summary>What the loudspeaker is doing.</summary>
public enum PlaybackDeviceState
{
    /// <summary>Open and silent, or not opened yet.</summary>
    Stopped,

    /// <summary>The card is running.</summary>
    Running,

    /// <summary>No loudspeaker: it is tried again every second, and what is to be heard waits.</summary>
    Missing,
}

/// <summary>The loudspeaker's state and what it granted.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Rate">Frames a second granted; 0 before the first opening.</param>
/// <param name="PeriodFrames">Frames between two wake-ups.</param>
/// <param name="BufferFrames">Frames the card holds at most.</param>
public readonly record struct PlaybackStatus(PlaybackDeviceState State, int Rate, int PeriodFrames, int BufferFrames);

/// <summary>The orders in force.</summary>
/// <param name="Epoch">Flush epoch; older segments are never played.</param>
/// <param name="Paused">True while playback must stand still.</param>
/// <param name="Gain">Target gain, 0 to 1; exactly 1 passes samples through unchanged.</param>
internal readonly record struct PlaybackOrders(int Epoch, bool Paused, float Gain);

/// <summary>One word of orders to the playback thread and one of news back; the last one written wins.</summary>
/// <remarks>
/// Meant for the conversation thread; orders are exchanged atomically, so a second writer (live volume) does no harm. Every
/// change wakes the playback thread. A pause that is taken back before that thread looked leaves no mark.
/// </remarks>
public sealed class PlaybackControl
{
    private const int GainBits = 16;
    private const long GainMask = (1L << GainBits) - 1;
    private const long PausedBit = 1L << GainBits;
    private const int EpochShift = GainBits + 1;
    private const int FieldBits = 20;
    private const long FieldMask = (1L << FieldBits) - 1;

    private long _orders = GainMask;
    private long _status;
    private string? _problem;
    private Action? _wake;

    /// <summary>
    /// The loudspeaker went missing (the argument says why, in one line) or is there again (null). Raised on the playback thread while
    /// nothing plays; handlers must return at once.
    /// </summary>
    public event Action<string?>? ProblemChanged;

    /// <summary>Why the loudspeaker is missing, in one line; null while it is not.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Flush epoch in force, 0 at first; the receive loop tags segments with it.</summary>
    public int Epoch => Orders.Epoch;

    /// <summary>State of the loudspeaker, as a snapshot.</summary>
    public PlaybackStatus Status
    {
        get
        {
            var word = Volatile.Read(ref _status);
            return new((PlaybackDeviceState)(word >> (3 * FieldBits)), (int)(word & FieldMask),
                (int)((word >> FieldBits) & FieldMask), (int)((word >> (2 * FieldBits)) & FieldMask));
        }
    }

    internal PlaybackOrders Orders
    {
        get
        {
            var word = Volatile.Read(ref _orders);
            return new((int)(word >> EpochShift), (word & PausedBit) != 0, (word & GainMask) / (float)GainMask);
        }
    }

    /// <summary>Stops the sound where it is; nothing is lost.</summary>
    public void Pause() => Change(PausedBit, PausedBit, 0);

    /// <summary>Goes on with the first sample that was not heard.</summary>
    public void Resume() => Change(PausedBit, 0, 0);

    /// <summary>Discards everything of earlier epochs and ends a pause. Returns the new epoch.</summary>
    public int Flush() => (int)(Change(PausedBit, 0, 1L << EpochShift) >> EpochShift);

    /// <summary>Sets the volume as a linear factor, 0 to 1; values outside are clamped, one that is no number is refused.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not a number.</exception>
    public void SetGain(float gain)
    {
        if (float.IsNaN(gain)) throw new ArgumentOutOfRangeException(nameof(gain), gain, "a factor from 0 to 1");
        Change(GainMask, (long)MathF.Round(Math.Clamp(gain, 0f, 1f) * GainMask), 0);
    }

    internal void Attach(Action wake) => _wake = wake;

    internal void Tell(in PlaybackStatus status) => Volatile.Write(ref _status,
        ((long)status.State << (3 * FieldBits)) | (Math.Min(status.BufferFrames, FieldMask) << (2 * FieldBits))
        | (Math.Min(status.PeriodFrames, FieldMask) << FieldBits) | Math.Min(status.Rate, FieldMask));

    internal void TellProblem(string? problem)
    {
        if (Interlocked.Exchange(ref _problem, problem) != problem) ProblemChanged?.Invoke(problem);
    }

    private long Change(long mask, long value, long add)
    {
        long seen, next;
        do
        {
            seen = Volatile.Read(ref _orders);
            next = (((seen & ~mask) | value) + add) & long.MaxValue;
        }
        while (Interlocked.CompareExchange(ref _orders, next, seen) != seen);
        _wake?.Invoke();
        return next;
    }
}

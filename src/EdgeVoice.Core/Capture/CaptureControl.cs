namespace EdgeVoice.Core.Capture;

/// <summary>The one word to the capture thread (closed or open, idle, gate releases so far) and the one word back (status).</summary>
/// <remarks>
/// Orders may come from any thread, last wins; each wakes the capture thread. <see cref="StatusChanged"/> is raised on that
/// thread, never in its steady loop; handlers must return at once. Both words are atomic.
/// </remarks>
public sealed class CaptureControl(bool closed = false)
{
    private const long ClosedBit = 1;
    private const long IdleBit = 2;
    private const long ReleaseStep = 4;
    private long _order = closed ? ClosedBit : 0;
    private int _status = (int)CaptureStatus.Closed;
    private string? _problem;
    private Action? _wake;

    /// <summary>The status, or the reason why it is missing, has changed; the argument is the status now.</summary>
    public event Action<CaptureStatus>? StatusChanged;

    /// <summary>What the capture thread last reported; <see cref="CaptureStatus.Closed"/> before it runs and after it ended.</summary>
    public CaptureStatus Status => (CaptureStatus)Volatile.Read(ref _status);

    /// <summary>Why the microphone is missing, in one line; null while it is not. Set before <see cref="StatusChanged"/> is raised.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>True while the order is to keep the device closed (muted); <see cref="Status"/> tells the fact.</summary>
    public bool IsClosedByOrder => IsClosed(Order);

    internal long Order => Volatile.Read(ref _order);

    /// <summary>Mutes: the device is closed and what the thread holds of it is zeroed.</summary>
    public void Close()
    {
        Interlocked.Or(ref _order, ClosedBit);
        Volatile.Read(ref _wake)?.Invoke();
    }

    /// <summary>Unmutes: the device is opened again.</summary>
    public void Open()
    {
        Interlocked.And(ref _order, ~ClosedBit);
        Volatile.Read(ref _wake)?.Invoke();
    }

    /// <summary>
    /// True: nobody is talking, so the thread may wake every 40 ms instead of every period. False: every period again, beginning at once
    /// with what is there; no sample is lost either way.
    /// </summary>
    public void SetIdle(bool idle)
    {
        var before = idle ? Interlocked.Or(ref _order, IdleBit) : Interlocked.And(ref _order, ~IdleBit);
        // Falling asleep can wait for the next period.
        if (!idle && IsIdle(before)) Volatile.Read(ref _wake)?.Invoke();
    }

    /// <summary>Ends the tail of the echo gate at once: the button was pressed to interrupt.</summary>
    public void ReleaseGate()
    {
        Interlocked.Add(ref _order, ReleaseStep);
        Volatile.Read(ref _wake)?.Invoke();
    }

    internal static bool IsClosed(long order) => (order & ClosedBit) != 0;

    internal static bool IsIdle(long order) => (order & IdleBit) != 0;

    internal static long Releases(long order) => order / ReleaseStep;

    internal void Attach(Action wake) => Volatile.Write(ref _wake, wake);

    internal void Report(CaptureStatus status, string? problem = null)
    {
        var reason = Interlocked.Exchange(ref _problem, problem);
        if (Interlocked.Exchange(ref _status, (int)status) != (int)status || reason != problem) StatusChanged?.Invoke(status);
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Capture;

/// <summary>
/// The capture thread <c>ev-capture</c>: reads the microphone period by period and writes mono 16-bit blocks at the
/// session's rate, each with its card frame and monotonic time (filter latency taken off), into the captured queue.
/// </summary>
/// <remarks>
/// <para><see cref="Start"/>, <see cref="Stop"/> and <see cref="WarmUp"/> belong to one owner; <see cref="Wake"/> and the
/// counters may be used by any thread. The steady loop takes no lock, allocates nothing and logs nothing; opening, closing
/// and losing the device may. The thread disposes the device before it ends, and <see cref="Stop"/> joins it.</para>
/// <para>Blocks hold 100 ms at most. Flag 1 marks a block that does not follow the one before it: the first after opening,
/// an overrun or a dropped block. A missing or lost device is tried again every second, and at once after
/// <see cref="Retry"/>.</para>
/// </remarks>
public sealed partial class CaptureLoop : IDisposable
{
    /// <summary>Flag of a block that does not follow the one before it.</summary>
    public const int Discontinuity = CaptureChain.Discontinuity;

    private const int WaitMs = 1000;
    private readonly Func<IAudioSource> _open;
    private readonly BlockRing _captured;
    private readonly CaptureControl _control;
    private readonly IEchoCanceller _canceller;
    private readonly int _sessionRate;
    private volatile int _channel;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CaptureLevel _level;
    private readonly Func<string?>? _raiseThread;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _sourceLock = new();
    private Thread? _thread;
    private volatile bool _stopping;

    /// <summary>Creates the loop; nothing is opened before <see cref="Start"/>.</summary>
    /// <param name="open">Opens the device; throws <see cref="AudioDeviceException"/> when it cannot.</param>
    /// <param name="captured">Queue the blocks go to; this loop is its producer.</param>
    /// <param name="control">Orders and status.</param>
    /// <param name="canceller">Works on every block at the card's rate.</param>
    /// <param name="sessionRate">Samples a second of the blocks: 24,000, 16,000 or 8,000.</param>
    /// <param name="channel">Channel taken from the card, from 0; -1, or one the card does not have, mixes all.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Device lost, back, missing; never in the steady loop.</param>
    /// <param name="level">What is done to the level on the way; null: nothing.</param>
    /// <param name="raiseThread">
    /// Called first on the thread, to make it a real-time one; returns null when granted, else the one line why not, which is logged.
    /// </param>
    public CaptureLoop(Func<IAudioSource> open, BlockRing captured, CaptureControl control, IEchoCanceller canceller,
        int sessionRate, int channel, TimeProvider time, ILogger log, CaptureLevel? level = null, Func<string?>? raiseThread = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, -1);
        if (sessionRate is not (24_000 or 16_000 or 8_000))
            throw new ArgumentOutOfRangeException(nameof(sessionRate), sessionRate, "24000, 16000 or 8000");
        _open = open;
        _captured = captured;
        _control = control;
        _canceller = canceller;
        _sessionRate = sessionRate;
        _channel = channel;
        _time = time;
        _log = log;
        _level = level ?? new CaptureLevel();
        _raiseThread = raiseThread;
        _seenReleases = CaptureControl.Releases(control.Order);
        control.Attach(Wake);
    }

    /// <summary>Starts the thread.</summary>
    /// <exception cref="InvalidOperationException">It runs already, or has been stopped.</exception>
    public void Start()
    {
        if (_thread is not null) throw new InvalidOperationException("the capture loop starts once");
        _thread = new Thread(Run) { Name = "ev-capture", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>
    /// Ends the thread and closes the device. False when it did not end within <paramref name="timeoutMs"/> (default 200),
    /// which only a device that blocks while it is being opened can cause.
    /// </summary>
    public bool Stop(int timeoutMs = 200)
    {
        _stopping = true;
        Wake();
        return _thread?.Join(timeoutMs) ?? true;
    }

    /// <summary>
    /// Closes the microphone and opens it anew, from now on with this channel. The task ends with null once it is open, or at once where it is
    /// closed by order; otherwise with the one line why it is missing. Any thread, one at a time; what is spoken meanwhile is not heard.
    /// </summary>
    public Task<string?> ReopenAsync(int channel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, -1);
        _channel = channel;
        var opened = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _reopen, opened);
        Wake();
        return opened.Task;
    }

    /// <summary>Makes the thread look at its orders now.</summary>
    public void Wake()
    {
        _wake.Set();
        // The lock keeps the device from being disposed under this call; the thread takes it only to open and close.
        lock (_sourceLock) _source?.Wake();
    }

    /// <summary>Stops as <see cref="Stop"/> does.</summary>
    public void Dispose()
    {
        if (Stop()) _wake.Dispose();
    }

    private void Run()
    {
        if (_raiseThread?.Invoke() is { } refused) LogNotRaised(refused);
        while (!_stopping) Step(WaitMs);
        CloseSource(CaptureStatus.Closed);
    }

    /// <summary>One turn of the loop: orders, then one wait of at most <paramref name="maxWaitMs"/> and what it brings.</summary>
    internal void Step(int maxWaitMs)
    {
        ApplyOrders();
        if (_source is null || _chain is null)
        {
            Idle(maxWaitMs);
            return;
        }

        try
        {
            Serve(_source, _chain, maxWaitMs);
        }
        catch (Exception e)
        {
            // Whatever a device throws, the voice goes on without it until it is back.
            Lose(e.Message);
        }
    }

    private void Serve(IAudioSource source, CaptureChain chain, int maxWaitMs)
    {
        switch (source.Wait(maxWaitMs))
        {
            case AudioWait.Ready:
                ReadAll(source, chain, isWake: true);
                break;
            case AudioWait.Xrun:
                Volatile.Write(ref _xruns, _xruns + 1);
                Drift.Break();
                chain.Interrupt();
                ReadAll(source, chain, isWake: true);
                break;
            case AudioWait.Lost:
                Lose("it is gone");
                return;
        }

        if (IsSilentTooLong()) Lose("it has delivered nothing for 2 s");
    }

    private void ReadAll(IAudioSource source, CaptureChain chain, bool isWake)
    {
        var input = chain.Input;
        var most = input.Length / _format.Channels;
        var frames = source.Read(input, out var frame, out var timeNs);
        if (frames <= 0) return;
        var now = _time.NowNs();
        (_lastDataNs, _isExcused) = (now, false);
        if (isWake) CountLateness(now - timeNs);
        Drift.Add(frame, timeNs, _format.Rate);
        while (true)
        {
            if (!chain.Accept(frames, frame, timeNs)) Volatile.Write(ref _droppedFrames, _droppedFrames + frames);
            if (frames < most) break;
            frames = source.Read(input, out frame, out timeNs);
            if (frames <= 0) break;
        }

        CountPeriod();
    }
}

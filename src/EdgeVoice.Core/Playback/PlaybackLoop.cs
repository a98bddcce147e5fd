using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Playback;

/// <summary>
/// The playback thread: takes samples from the ring buffer, makes them fit the card, and tells what was really heard.
/// </summary>
/// <remarks>
/// <para>One thread, <c>ev-playback</c>, runs everything between <see cref="Start"/> and the end of <see cref="Stop"/>; it
/// opens, uses and disposes the sink. <see cref="Wake"/> may be called by any thread at any time. Start, Stop and Dispose
/// belong to one owner; Start is called once.</para>
/// <para>While the card stays open the thread takes no lock, allocates nothing and logs nothing; a lock guards only the
/// exchange of the sink at opening and closing against a wake-up.</para>
/// </remarks>
public sealed partial class PlaybackLoop : IDisposable
{
    private const int IdleMs = 1000;
    private const int WaitMs = 200;
    private const int TailMs = 200;
    private const long ReopenNs = 1_000_000_000;
    private const long StallNs = 2_000_000_000;
    private const int StopMs = 2000;

    private readonly Func<IAudioSink> _open;
    private readonly PlaybackQueues _queues;
    private readonly PlaybackControl _control;
    private readonly int _sessionRate;
    private readonly IReadOnlyList<SoundClip> _clips;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<string?>? _raiseThread;
    private readonly SegmentReader _reader;
    private readonly PlayedClock _clock;
    // Never disposed: a wake-up may come after the end.
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _thread;
    private bool _stopping, _paused;

    /// <summary>Creates the loop; the sink is opened by the thread itself.</summary>
    /// <param name="open">Opens the loudspeaker; throws <see cref="AudioDeviceException"/> while there is none.</param>
    /// <param name="queues">The crossings.</param>
    /// <param name="control">Orders; from now on every change of them wakes this loop.</param>
    /// <param name="sessionRate">Samples a second in the ring buffer, 8,000 to 192,000.</param>
    /// <param name="clips">Preloaded sounds; their index is what <see cref="PlaybackQueues.Clips"/> carries.</param>
    /// <param name="time">Monotonic clock.</param>
    /// <param name="logger">Used when a device opens, fails or goes away.</param>
    /// <param name="raiseThread">
    /// Called first on the thread, to make it a real-time one; returns null when granted, else the one line why not, which is logged.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside its range.</exception>
    public PlaybackLoop(
        Func<IAudioSink> open, PlaybackQueues queues, PlaybackControl control, int sessionRate,
        IReadOnlyList<SoundClip>? clips, TimeProvider time, ILogger<PlaybackLoop> logger, Func<string?>? raiseThread = null)
    {
        if (sessionRate is < 8000 or > 192_000)
            throw new ArgumentOutOfRangeException(nameof(sessionRate), sessionRate, "8,000 to 192,000 samples a second");
        _open = open;
        _queues = queues;
        _control = control;
        _sessionRate = sessionRate;
        _clips = clips ?? [];
        _time = time;
        _logger = logger;
        _raiseThread = raiseThread;
        _reader = new SegmentReader(queues.Samples, queues.Segments) { Epoch = control.Epoch };
        _clock = new PlayedClock(queues, _reader, Counters, sessionRate);
        control.Attach(Wake);
    }

    /// <summary>What the thread counts.</summary>
    public PlaybackCounters Counters { get; } = new();

    /// <summary>The card's clock against the monotonic one.</summary>
    public ClockDrift Drift { get; } = new();

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { Name = "ev-playback", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Stops the sound and ends the thread, within 200 ms unless the device hangs; may be called again.</summary>
    public void Stop()
    {
        Volatile.Write(ref _stopping, true);
        Wake();
        if (_thread is { } thread && !thread.Join(StopMs)) LogHangs(StopMs);
        _thread = null;
    }

    /// <summary>Makes the thread look at its queues and orders now.</summary>
    public void Wake()
    {
        lock (_swap)
        {
            if (_sink is { } sink) sink.Wake();
            else _wake.Set();
        }
    }

    /// <summary>Makes the next attempt to open a missing device now instead of within a second; any thread.</summary>
    public void Retry()
    {
        Volatile.Write(ref _retryNow, 1);
        Wake();
    }

    /// <summary>
    /// Closes the loudspeaker as soon as it is silent, and opens it anew. The task ends with null once it is open, otherwise with the one line
    /// why it is missing. Any thread, one at a time.
    /// </summary>
    public Task<string?> ReopenAsync()
    {
        var opened = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _reopen, opened);
        Wake();
        return opened.Task;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    /// <summary>One turn of the loop, waiting included. False when there is no card: the caller waits for a wake-up.</summary>
    internal bool Step()
    {
        if (Volatile.Read(ref _reopen) is not null && !_running) Reopen();
        if (_sink is null && TryOpen()) return true;
        // The order of reading matters: a sound ordered after a flush must not sound before it.
        var clips = _queues.Clips.WritePosition;
        var orders = _control.Orders;
        try
        {
            Obey(orders);
            if (_sink is null) SitOut(clips);
            else if (_paused) Settle(_sink.Idle(IdleMs));
            else Play(_sink, orders.Gain, clips);
        }
        catch (Exception e)
        {
            // Whatever a device throws, the voice goes on without it until it is back.
            Lose(e.Message);
        }

        return _sink is not null;
    }

    private void Run()
    {
        if (_raiseThread?.Invoke() is { } refused) LogNotRaised(refused);
        // A thread's first wait makes the runtime's record of its waits, once.
        _wake.WaitOne(1);
        MeasureFromHere();
        while (!Volatile.Read(ref _stopping))
        {
            if (!Step()) _wake.WaitOne(MsToOpen);
            Counters.SetAllocated(ThreadAllocations.Since(_allocatedBefore));
        }

        Close();
    }

    private void Obey(in PlaybackOrders orders)
    {
        if (orders.Epoch != _reader.Epoch)
        {
            StopCard();
            _reader.Epoch = orders.Epoch;
            _clock.TellFlushed(_written);
            _reader.SkipToPlayable();
            _clock.ReleaseHeard();
            _paused = false;
        }

        if (orders.Paused == _paused) return;
        _paused = orders.Paused;
        if (!_paused) return;
        StopCard();
        _clock.TellPaused(_written);
    }

    private void Play(IAudioSink sink, float gain, long clips)
    {
        if (_running) Hear(sink);
        if (_running && HasStalled)
        {
            Lose("its position has stood still for 2 s");
            return;
        }

        _mixer!.Gain = gain;
        TakeClip(clips);
        var full = Fill(sink);
        _clock.ReleaseHeard();
        var over = _running && _clock.SilenceHeard >= (long)_sessionRate * TailMs / 1000;
        if (_running) _clock.TellDrained(over);
        if (over && !_reader.SkipToPlayable()) StopCard();
        else Rest(sink, full);
    }

    // Without a card: what is to be heard waits, what is out of date goes.
    private void SitOut(long clips)
    {
        while (_queues.Clips.ReleasedPosition < clips) _queues.Clips.TryRead(out _);
        _reader.SkipToPlayable();
        _clock.ReleaseHeard();
    }

    // Sounds wait for one another, but spoken help gives way: whoever acts has heard enough of it.
    private void TakeClip(long clips)
    {
        while (_queues.Clips.ReleasedPosition < clips && _mixer!.MakeRoom() && _queues.Clips.TryRead(out var index))
            if (index >= 0 && index < _clips.Count) _mixer.StartClip(_clips[index]);
    }

    private void Rest(IAudioSink sink, bool full)
    {
        if (!_running)
        {
            Settle(sink.Idle(IdleMs));
            return;
        }

        var before = _time.NowNs();
        var ahead = full ? _format.BufferFrames - _format.PeriodFrames : _lowWater;
        var due = Math.Max(before + 1_000_000, _clock.TimeOf(_written - ahead));
        var result = full ? sink.Wait(WaitMs) : sink.Idle((int)Math.Min((due - before) / 1_000_000, WaitMs));
        // An underrun counts too: it is the latest waking of all.
        if (result is not (AudioWait.Woken or AudioWait.Lost)) Counters.WokeLate(_time.NowNs() - due);
        Settle(result);
    }

    private void Settle(AudioWait result)
    {
        if (result == AudioWait.Xrun) TakeXrun();
        else if (result == AudioWait.Lost) Lose("the device has gone");
    }
}

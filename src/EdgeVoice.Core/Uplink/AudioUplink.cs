using System.Threading.Channels;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Uplink;

/// <summary>
/// Takes captured samples to the server: keeps a short history while nothing is sent, keeps every turn until it is settled,
/// and appends it again from its start on a new connection.
/// </summary>
/// <remarks>
/// The orders may be given by any thread; they are carried out one after the other on <see cref="RunAsync"/>'s loop, which
/// alone reads the capture ring buffer and alone sends appends, commits and clears. Nothing is allocated for an append.
/// </remarks>
public sealed partial class AudioUplink : IDisposable
{
    private const int CommandCapacity = 256;
    private const int LargestBlock = 9_600;
    private const long NsPerSecond = 1_000_000_000;
    private static readonly TimeSpan OpenTick = TimeSpan.FromMilliseconds(5);
    // Nothing is due: the ring buffer holds 21 s, and an order takes what has come meanwhile before it is carried out.
    private static readonly TimeSpan IdleTick = TimeSpan.FromMilliseconds(250);
    private readonly BlockRing _captured;
    private readonly UplinkOptions _options;
    private readonly IUplinkListener _listener;
    private readonly TimeProvider _time;
    private readonly AsyncSignal _signal;
    private readonly EnergyDetector _detector;
    private long _ownFromNs, _ownUntilNs;
    private readonly SampleHistory _history;
    private readonly SampleHistory _kept;
    private readonly Channel<UplinkCommand> _commands =
        Channel.CreateBounded<UplinkCommand>(new BoundedChannelOptions(CommandCapacity) { SingleReader = true });
    private readonly short[] _block = new short[LargestBlock];
    private long _lastBlockEndNs;
    private long _capturedSamples;
    private long _lostOrders;
    private long _latencyNs, _worstLatencyNs;
    private float _level, _levelDb = LevelMeter.Floor;

    /// <summary>Creates the uplink; nothing runs before <see cref="RunAsync"/>.</summary>
    public AudioUplink(BlockRing captured, UplinkOptions options, IUplinkListener listener, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _captured = captured;
        _options = options;
        _listener = listener;
        _time = time;
        _signal = new AsyncSignal(time);
        _detector = new EnergyDetector(options.Rate);
        _history = new SampleHistory(options.Samples(UplinkOptions.HistoryMs));
        _kept = new SampleHistory(options.Samples(UplinkOptions.KeptMs));
        PrepareSending();
    }

    /// <summary>Loudness of the microphone now, 0 to 1, for the lights.</summary>
    public float Level => Volatile.Read(ref _level);

    /// <summary>Level of the microphone's last 10 ms in dBFS, without what lies under 100 Hz.</summary>
    public float LevelDb => Volatile.Read(ref _levelDb);

    /// <summary>Samples received from the capture stage since the start.</summary>
    public long CapturedSamples => Volatile.Read(ref _capturedSamples);

    /// <summary>The newest sample of the last append from its place at the card to the socket, in milliseconds; 0 before the first.</summary>
    public double CardToSocketMs => Volatile.Read(ref _latencyNs) / 1e6;

    /// <summary>The longest <see cref="CardToSocketMs"/> so far; what is sent late for want of a connection does not count.</summary>
    public double WorstCardToSocketMs => Volatile.Read(ref _worstLatencyNs) / 1e6;

    /// <summary>Orders that found the queue full.</summary>
    public long LostOrders => Volatile.Read(ref _lostOrders);

    /// <summary>
    /// Opens a turn that begins 300 ms before <paramref name="fromNs"/>; <paramref name="stream"/>: hands-free, the server ends
    /// the turns in it. An open turn ends here.
    /// </summary>
    public void Open(int turn, long fromNs, bool stream) => Order(new UplinkCommand.Open(turn, fromNs, stream));

    /// <summary>
    /// Ends the turn 300 ms after <paramref name="atNs"/>: the rest is sent, then its commit, then the order to answer if
    /// <paramref name="respond"/>. With <paramref name="requireSpeech"/> a turn in which nobody spoke is taken back.
    /// </summary>
    public void Close(int turn, long atNs, bool respond, bool requireSpeech) =>
        Order(new UplinkCommand.Close(turn, atNs, respond, requireSpeech));

    /// <summary>
    /// A turn that was typed: sent after what was said before it, kept until it is settled, asked for an answer if
    /// <paramref name="respond"/>. An open turn stays open: one of push-to-talk is sent first, hands-free goes on beside it.
    /// </summary>
    public void Say(int turn, string text, bool respond) => Order(new UplinkCommand.Say(turn, text, respond));

    /// <summary>The server has taken this typed turn.</summary>
    public void TextTaken(int turn) => Order(new UplinkCommand.TextTaken(turn));

    /// <summary>Takes the turn back: what was appended is cleared.</summary>
    public void Abandon(int turn) => Order(new UplinkCommand.Abandon(turn));

    /// <summary>
    /// A connection is ready (everything unsettled is sent on it from its start), or gone (null). With <paramref name="isQuiet"/> it takes
    /// the place of another one while nobody speaks: of an open hands-free turn only what may be the beginning of speech is sent again.
    /// </summary>
    public void Attach(UplinkSend? send, bool isQuiet = false) => Order(new UplinkCommand.Attach(send, isQuiet));

    /// <summary>The server has taken the oldest commit that was sent.</summary>
    public void CommitTaken() => Order(new UplinkCommand.CommitTaken());

    /// <summary>The answer to this turn and all before it has begun to sound or is done.</summary>
    public void Settle(int turn) => Order(new UplinkCommand.Settle(turn));

    /// <summary>Hands-free: what was said up to this place of the connection's audio has been answered.</summary>
    public void SettleStream(int audioEndMs) => Order(new UplinkCommand.SettleStream(audioEndMs));

    /// <summary>Muted: history is overwritten with zeros.</summary>
    public void Forget() => Order(new UplinkCommand.Forget());

    /// <summary>
    /// The device's own tone sounds from one time to another (monotonic nanoseconds): it is sent like everything else, but nobody's speech.
    /// Any thread.
    /// </summary>
    public void OwnSound(long fromNs, long untilNs)
    {
        Volatile.Write(ref _ownFromNs, fromNs);
        Volatile.Write(ref _ownUntilNs, untilNs);
    }

    /// <summary>Works until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _signal.TickEvery(IdleTick);
        await using var stopping = stop.Register(static s => ((AsyncSignal)s!).Set(), _signal).ConfigureAwait(false);
        while (!stop.IsCancellationRequested)
        {
            if (TrySend(out var taken)) Sent(await taken.ConfigureAwait(false));
            else await _signal.WaitAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();

    /// <summary>
    /// Carries out all orders, takes all samples, and begins to send the next message; false when none is due. The outcome goes to
    /// <see cref="Sent"/>. Apart from the loop so that tests can drive it, and flat so that nothing is allocated for a send.
    /// </summary>
    internal bool TrySend(out ValueTask<bool> taken)
    {
        while (_commands.Reader.TryRead(out var command))
        {
            // Samples from before an order are sorted in before it.
            Drain();
            Carry(command);
        }

        // Between any two messages: a long replay over a slow link must neither lose samples nor leave an order waiting.
        Drain();
        CloseWhatIsDue();
        var message = NextMessage();
        taken = message.Length > 0 ? _send!(message) : default;
        return message.Length > 0;
    }

    private void Order(UplinkCommand command)
    {
        // The loop empties this within a tick; 256 orders behind means it stands still, and then nothing can be saved.
        if (!_commands.Writer.TryWrite(command)) Interlocked.Increment(ref _lostOrders);
        _signal.Set();
    }

    private void Drain()
    {
        while (_captured.TryRead(out var header, _block))
        {
            var samples = _block.AsSpan(0, header.Count);
            _lastBlockEndNs = header.TimeNs + ToNs(header.Count);
            Volatile.Write(ref _capturedSamples, _capturedSamples + header.Count);
            _history.Append(samples);
            // Not even its level is learnt: a tone of our own must not make speech of an empty hold.
            var isOwn = header.TimeNs < Volatile.Read(ref _ownUntilNs) && _lastBlockEndNs > Volatile.Read(ref _ownFromNs);
            var speech = isOwn ? _detector.IsSpeech : _detector.Process(samples);
            Volatile.Write(ref _level, _detector.Level);
            Volatile.Write(ref _levelDb, _detector.LevelDb);
            if (_open is { } turn) Keep(turn, samples, speech);
        }
    }

    private long ToNs(long samples) => samples * NsPerSecond / _options.Rate;

    // To the nearest sample; whole seconds apart, since nanoseconds times a rate leave 63 bits after four days.
    private long ToSamples(long ns) =>
        ns / NsPerSecond * _options.Rate + (ns % NsPerSecond * _options.Rate + Math.Sign(ns) * NsPerSecond / 2) / NsPerSecond;
}

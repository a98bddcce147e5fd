using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace EdgeVoice.Simulator.Server;

/// <summary>What the server saw of one session, for tests and the demo.</summary>
/// <remarks>Any thread; every property is a copy of the moment. Outlives the connection.</remarks>
public sealed partial class SimulatedSession
{
    private const int MaxEventCharacters = 32 << 20;
    private const int MaxAudioSamples = 32 << 20;

    private readonly Lock _gate = new();
    private readonly List<string> _events = [];
    private readonly List<string> _errors = [];
    private readonly List<CommittedAudio> _committed = [];
    private readonly List<SentAudio> _sent = [];
    private readonly List<TruncatedItem> _truncations = [];
    private readonly List<string> _deletions = [];
    private readonly SampleStore _audio = new(MaxAudioSamples);
    private long _eventCharacters;
    private long _sentSamplesKept;
    private int? _closeCode;
    private bool _ended;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Strikes the session with a fault at once; null until it is served.</summary>
    internal Func<FaultMode, int, bool>? Striker { get; set; }

    internal SimulatedSession(string id, string model) => (Id, Model) = (id, model);

    /// <summary>The session's id, <c>sess_…</c>.</summary>
    public string Id { get; }

    /// <summary>The model asked for.</summary>
    public string Model { get; }

    /// <summary>Every message of the client, as it came, oldest first. Beyond 32 MiB the audio of appends is left out.</summary>
    public IReadOnlyList<string> ClientEvents => Copy(_events);

    /// <summary>The messages of all error events sent, with their codes.</summary>
    public IReadOnlyList<string> Errors => Copy(_errors);

    /// <summary>The committed sound items.</summary>
    public IReadOnlyList<CommittedAudio> Committed => Copy(_committed);

    /// <summary>The sound sent, in order of its end.</summary>
    public IReadOnlyList<SentAudio> Sent => Copy(_sent);

    /// <summary>The truncations accepted.</summary>
    public IReadOnlyList<TruncatedItem> Truncations => Copy(_truncations);

    /// <summary>The items deleted.</summary>
    public IReadOnlyList<string> Deletions => Copy(_deletions);

    /// <summary>Samples received by append, at the rate of the input format.</summary>
    public long ReceivedSamples
    {
        get
        {
            lock (_gate)
                return _audio.Total;
        }
    }

    /// <summary>The close code received or sent; null while open or when the connection ended without one.</summary>
    public int? CloseCode
    {
        get
        {
            lock (_gate)
                return _closeCode;
        }
    }

    /// <summary>Whether the connection is over.</summary>
    public bool Ended
    {
        get
        {
            lock (_gate)
                return _ended;
        }
    }

    /// <summary>All sound appended, as PCM16; the first 32 Mi samples.</summary>
    public short[] ReceivedAudio()
    {
        lock (_gate)
            return _audio.Span.ToArray();
    }

    /// <summary>Waits until the condition holds; it is looked at again after each change.</summary>
    /// <param name="condition">Called on any thread; must not block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task WaitAsync(Func<SimulatedSession, bool> condition, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(condition);
        while (true)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            if (condition(this))
                return;
            await changed.WaitAsync(cancellation);
        }
    }

    internal static string Hash(ReadOnlySpan<short> samples)
    {
        var bytes = new byte[samples.Length * 2];
        AudioCodec.PcmBytes(samples, bytes);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    internal void AddEvent(string text) => Change(() =>
    {
        _eventCharacters += text.Length;
        _events.Add(_eventCharacters <= MaxEventCharacters ? text : LongText().Replace(text, m => $"({m.Length} characters left out)"));
    });

    internal void AddError(WireError error) => Change(() => _errors.Add($"{error.Code}: {error.Message}"));

    internal void AddAudio(short[] samples) => Change(() => _audio.Add(samples));

    internal void AddCommitted(CommittedAudio committed) => Change(() => _committed.Add(committed));

    internal void AddSent(SentAudio sent) => Change(() =>
    {
        _sentSamplesKept += sent.Samples;
        _sent.Add(_sentSamplesKept <= MaxAudioSamples ? sent : sent with { Pcm = default });
    });

    internal void AddTruncation(TruncatedItem truncated) => Change(() => _truncations.Add(truncated));

    internal void AddDeletion(string itemId) => Change(() => _deletions.Add(itemId));

    internal void SetClose(int code) => Change(() => _closeCode ??= code);

    internal void End() => Change(() => _ended = true);

    [GeneratedRegex("[A-Za-z0-9+/=]{256,}")]
    private static partial Regex LongText();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T[] Copy<T>(List<T> list)
    {
        lock (_gate)
            return [.. list];
    }

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            change();
            (signal, _changed) = (_changed, NewSignal());
        }
        signal.TrySetResult();
    }
}

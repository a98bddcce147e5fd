using System.Threading.Channels;

namespace EdgeVoice.Core.Control;

/// <summary>What one watcher has not taken yet, bounded in number and in text.</summary>
/// <remarks>Any thread adds; one takes.</remarks>
internal sealed class ControlSubscription(Action<ControlSubscription> ended) : IDisposable
{
    /// <summary>Events that may wait: an answer's pieces of text may come all at once, and 4,096 tokens are the longest.</summary>
    public const int MaxEvents = 4_096;

    /// <summary>Characters of text that may wait.</summary>
    public const int MaxText = 1 << 20;

    private readonly Channel<ControlEvent> _events = Channel.CreateBounded<ControlEvent>(
        new BoundedChannelOptions(MaxEvents) { SingleReader = true, SingleWriter = false });

    private long _text;
    private volatile bool _isBehind;

    /// <summary>Something was lost because too much waited.</summary>
    public bool IsBehind => _isBehind;

    /// <summary>Puts an event behind the others, or marks the watcher as being behind.</summary>
    public void Add(ControlEvent happened)
    {
        if (_isBehind) return;
        var fits = Interlocked.Add(ref _text, Length(happened)) <= MaxText;
        if (!fits || !_events.Writer.TryWrite(happened)) _isBehind = true;
    }

    /// <summary>Waits until an event is there.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken stop) => _events.Reader.WaitToReadAsync(stop);

    /// <summary>Takes the oldest, or null.</summary>
    public ControlEvent? Take()
    {
        if (!_events.Reader.TryRead(out var happened)) return null;
        Interlocked.Add(ref _text, -Length(happened));
        return happened;
    }

    /// <inheritdoc />
    public void Dispose() => ended(this);

    private static int Length(ControlEvent happened) => happened.Text?.Length ?? 0;
}

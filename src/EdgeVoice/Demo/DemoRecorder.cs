using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Demo;

/// <summary>Remembers what the device did, and lets the play wait for it.</summary>
/// <remarks>Written on the conversation's loop, read by the play; one lock.</remarks>
internal sealed class DemoRecorder : IConversationObserver
{
    private const int MostTold = 2;
    private readonly Lock _gate = new();
    private readonly List<HeardItem> _items = [];
    private readonly List<ConversationNews.ItemCut> _cuts = [];
    private readonly Dictionary<string, string> _transcripts = new(StringComparer.Ordinal);
    private readonly List<ConversationNews.Milestone> _milestones = [];
    private readonly List<(Func<bool> Condition, TaskCompletionSource Done)> _waiting = [];
    private DeviceState _state = new();
    private int _unanswered;
    private readonly Queue<string> _told = [];

    /// <summary>A stretch of an item as it left the card.</summary>
    internal sealed record Run(long CardFrame, long ItemSample)
    {
        public long Samples { get; set; }
    }

    /// <summary>An item as it was heard.</summary>
    internal sealed record HeardItem(AudioItem Audio)
    {
        public List<Run> Runs { get; } = [];
        public long HeardNs { get; set; }
        public bool IsCut { get; set; }

        /// <summary>The connection was lost before all of it had come.</summary>
        public bool IsLost { get; set; }
        public long Samples => Runs.Sum(r => r.Samples);
    }

    public DeviceState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>How many turns came to rest without an answer on a connection that stood: refused, failed, nothing heard.</summary>
    public int Unanswered
    {
        get
        {
            lock (_gate) return _unanswered;
        }
    }

    /// <summary>What was told to people since the turn was opened, the newest of it; or nothing.</summary>
    public string Told
    {
        get
        {
            lock (_gate) return string.Join("; ", _told);
        }
    }

    public IReadOnlyList<HeardItem> Items
    {
        get
        {
            lock (_gate) return [.. _items];
        }
    }

    public IReadOnlyList<ConversationNews.ItemCut> Cuts
    {
        get
        {
            lock (_gate) return [.. _cuts];
        }
    }

    /// <summary>What an item says, as far as it was told.</summary>
    public string TranscriptOf(string itemId)
    {
        lock (_gate) return _transcripts.GetValueOrDefault(itemId, "");
    }

    /// <summary>Monotonic time of a milestone of a turn, or null.</summary>
    public long? When(string name, int turn)
    {
        lock (_gate) return _milestones.Find(m => m.Name == name && m.Turn == turn)?.TimeNs;
    }

    /// <summary>Completes when the condition, asked after each event under the lock, is true.</summary>
    public Task UntilAsync(Func<bool> condition)
    {
        lock (_gate)
        {
            if (condition()) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((condition, done));
            return done.Task;
        }
    }

    public void OnNews(ConversationNews news)
    {
        lock (_gate)
        {
            Record(news);
            foreach (var (_, done) in _waiting.FindAll(w => w.Condition())) done.TrySetResult();
            _waiting.RemoveAll(w => w.Done.Task.IsCompleted);
        }
    }

    private void Record(ConversationNews news)
    {
        switch (news)
        {
            case ConversationNews.StateChanged changed:
                Change(changed.State);
                break;
            case ConversationNews.Sounded { Mark.Item: { } audio } sounded:
                Hear(audio, sounded.Mark);
                break;
            case ConversationNews.ItemCut cut:
                _cuts.Add(cut);
                if (_items.Find(i => i.Audio.ItemId == cut.ItemId) is { } item) item.IsCut = true;
                break;
            case ConversationNews.Milestone milestone:
                _milestones.Add(milestone);
                break;
            case ConversationNews.Told told:
                if (_told.Count == MostTold) _told.Dequeue();
                _told.Enqueue(told.Text);
                break;
            case ConversationNews.TranscriptGrew grew:
                _transcripts[grew.ItemId] = grew.IsFinal ? grew.Text : _transcripts.GetValueOrDefault(grew.ItemId, "") + grew.Text;
                break;
        }
    }

    private void Change(DeviceState state)
    {
        var before = _state;
        _state = state;
        if (before.TurnNumber != state.TurnNumber) _told.Clear();
        if (before.IsConnected && before.Turn is TurnState.Committing or TurnState.Thinking &&
            state.Turn is TurnState.Idle or TurnState.Armed) _unanswered++;
        if (before.IsConnected && !state.IsConnected)
            foreach (var item in _items) item.IsLost |= !item.Audio.IsDone && !item.IsCut;
    }

    private void Hear(AudioItem audio, PlayedMark mark)
    {
        var item = _items.Find(i => ReferenceEquals(i.Audio, audio));
        if (item is null) _items.Add(item = new HeardItem(audio) { HeardNs = mark.TimeNs, IsLost = !_state.IsConnected && !audio.IsDone });
        if (mark.Kind == PlayedMarkKind.Started) item.Runs.Add(new Run(mark.CardFrame, mark.ItemSample));
        else if (item.Runs.Count > 0) item.Runs[^1].Samples = Math.Max(item.Runs[^1].Samples, mark.ItemSample - item.Runs[^1].ItemSample);
    }
}

using System.Threading.Channels;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Conversation;

/// <summary>
/// The one writer of state: takes every event in order, keeps the ledger, asks the four tables, carries their effects out.
/// </summary>
/// <remarks><see cref="Post"/> may be called by anyone and never blocks; everything else happens on <see cref="RunAsync"/>'s loop.</remarks>
public sealed partial class ConversationLoop
{
    /// <summary>Events waiting at most; the loop takes microseconds an event, so a full channel means that it stands still.</summary>
    public const int Capacity = 4096;

    private readonly Channel<ConversationEvent> _events =
        Channel.CreateBounded<ConversationEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private TurnRules _rules;
    private readonly EffectRunner _effects;
    private readonly AnswerLedger _ledger;
    private readonly ToolCalls _calls;
    private readonly McpCalls _remote;
    private readonly ConversationMemory _memory;
    private readonly ISessionOrders _session;
    private readonly AfterAnswers _after;
    private readonly IConversationObserver _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private DeviceState _state = new();
    private Trouble _trouble;
    private long _lostEvents;

    /// <summary>Creates the loop; nothing runs before <see cref="RunAsync"/>.</summary>
    public ConversationLoop(
        TurnRules rules,
        ConversationPorts ports,
        IConversationObserver observer,
        TimeProvider time,
        ILogger<ConversationLoop> log)
    {
        ArgumentNullException.ThrowIfNull(ports);
        _rules = rules;
        _observer = observer;
        _time = time;
        _log = log;
        _ledger = new AnswerLedger();
        _calls = new ToolCalls(ports.Session, ports.Tools, Post, OnToolFinished);
        _after = new AfterAnswers(time);
        _remote = new McpCalls(ports.Session, text => observer.OnNews(new ConversationNews.Told(text)));
        _memory = new ConversationMemory(rules.MemoryTokens);
        _session = ports.Session;
        _effects = new EffectRunner(ports, _ledger, observer, time, e => Post(e));
    }

    /// <summary>The states now, as a snapshot.</summary>
    public DeviceState State => Volatile.Read(ref _state);

    /// <summary>Events that found the channel full.</summary>
    public long LostEvents => Volatile.Read(ref _lostEvents);

    /// <summary>Answers given up because there was no loudspeaker to hear them.</summary>
    public long UnheardAnswers => _effects.UnheardAnswers;

    /// <summary>Tells the conversation that something happened.</summary>
    public bool Post(ConversationEvent happened)
    {
        if (_events.Writer.TryWrite(happened)) return true;
        Interlocked.Increment(ref _lostEvents);
        return false;
    }

    /// <summary>Works until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await _events.Reader.WaitToReadAsync(stop).ConfigureAwait(false)) HandleWaiting();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            LogStopped(State.Turn);
        }
        finally
        {
            _effects.StopTimers();
        }
    }

    /// <summary>Takes every event that waits.</summary>
    internal void HandleWaiting()
    {
        while (_events.Reader.TryRead(out var happened)) Handle(happened);
    }

    /// <summary>Takes one event; also the way tests drive the loop.</summary>
    internal void Handle(ConversationEvent happened)
    {
        if (happened is TimerElapsed timer && !_effects.IsCurrent(timer)) return;
        if (happened is MemoryWanted wanted)
        {
            Recall(wanted);
            return;
        }

        if (happened is RestWanted rest)
        {
            rest.Answer.SetResult(Is(rest.Rest));
            return;
        }

        if (happened is not (LinkChanged or SoundPlayed { Mark.Kind: PlayedMarkKind.Progress })) _lastMovedNs = _time.NowNs();
        var remembered = _memory.Version;
        var ended = Account(happened);
        Apply(happened);
        if ((ended ?? EndedBySilence()) is { } failed) End(failed);
        _trouble = Trouble.None;
        if (happened is LinkChanged { State: LinkState.Ready, IsKept: false }) TellUntold();
        AskForOwed();
        if (IsAtRest()) foreach (var wish in _after.Take()) Apply(wish);
        if (_memory.Version != remembered) _observer.OnNews(new ConversationNews.MemoryChanged(_memory.Told));
    }

    // Speaking ends when the last sample that was ever to come has been heard.
    private bool? EndedBySilence() => TurnMachine.BeforePress(State) == TurnState.Speaking && !_ledger.IsBusy ? false : null;

    private void Apply(ConversationEvent happened)
    {
        var before = _state;
        Run(LinkMachine.Next(_state, happened));
        Run(MuteMachine.Next(_state, happened));
        Run(FaultMachine.Next(_state, happened));
        Run(TurnMachine.Next(_state, happened, new AnswerFacts(_ledger.IsBusy || _calls.IsAwaited, _ledger.IsOrdered, _calls.IsAwaited, _owed is not null), _rules));
        if (_state is { Press: null, Turn: TurnState.Listening or TurnState.Interrupted }) _calls.GiveUp();
        if (before.Turn != _state.Turn) LogTurn(before.Turn, _state.Turn, happened.GetType().Name);
        if (before != _state) _observer.OnNews(new ConversationNews.StateChanged(_state));
        if (CueTable.Of(before, happened, _state) is { } cue) _observer.OnNews(new ConversationNews.Cued(cue));
    }

    private void Run(Step step)
    {
        Volatile.Write(ref _state, step.State);
        foreach (var effect in step.Effects)
        {
            // What is still to be ordered is given up with what was.
            if (effect is Effect.GiveUpAnswer)
            {
                _askAgain.Clear();
                _effects.StopWaitingForMore();
                _calls.GiveUp();
                SettleOwed();
                _after.Cut();
            }

            _effects.Run(effect, step.State);
            Remember(effect, step.State);
        }
    }

    // Keeps the ledger; true or false when this event ends an answer without sound (failed or not).
    private bool? Account(ConversationEvent happened)
    {
        switch (happened)
        {
            case ServerSpoke spoke:
                return OnServer(spoke.Event);
            case RulesChanged changed:
                _rules = changed.Rules;
                break;
            case ToolAnswered answered:
                // Where the connection has just gone, it is asked for on the next one.
                if (_calls.Take(answered)) Asked(null);
                break;
            case AfterAnswerWanted wanted:
                _after.Add(wanted.Wish);
                break;
            case ItemAudioStarted started:
                _ledger.Attach(started.Item);
                _memory.Sounds(started.Item);
                break;
            case SoundPlayed played:
                OnPlayed(played.Mark);
                break;
            case LinkChanged { State: LinkState.Offline or LinkState.Stopped } or LinkChanged { IsSuccessor: true }:
                _ledger.EndConnection();
                TellHeard(_ledger.Heard());
                _memory.EndConnection();
                _isOwedAnew = _owed is not null;
                _calls.Forget();
                _remote.Forget();
                _effects.StopWaitingForMore();
                _askAgain.Clear();
                if (happened is LinkChanged { IsSuccessor: true }) _memory.BeginConnection();
                break;
            case LinkChanged { State: LinkState.Ready, IsKept: false }:
                _memory.BeginConnection();
                break;
            case TextRefused refused:
                _memory.TakeBack(refused.Turn);
                break;
            case TurnSent sent:
                if (sent.Asked) SettleOwed();
                _observer.OnNews(new ConversationNews.Milestone(sent.Asked ? "response.create" : "commit", sent.Turn, _time.NowNs()));
                break;
        }

        return null;
    }

    private void TellHeard(IReadOnlyList<AudioItem> items)
    {
        foreach (var heard in items)
        {
            _memory.Heard(heard.ItemId);
            _observer.OnNews(new ConversationNews.ItemHeard(heard.ItemId, heard.ContentIndex, heard.KeptSamples, heard.Rate));
        }
    }

    private void OnPlayed(PlayedMark mark)
    {
        _observer.OnNews(new ConversationNews.Sounded(mark));
        if (mark is { Kind: PlayedMarkKind.Started, Item: { } item, ItemSample: 0 })
        {
            SettleOwed(item.ResponseId);
            _observer.OnNews(new ConversationNews.ItemSounded(
                item.ResponseId, item.ItemId, item.ContentIndex, item.FirstReceivedNs, mark.TimeNs));
        }

        TellHeard(_ledger.Heard(mark));

        if (mark.Kind == PlayedMarkKind.Flushed) Forget(_effects.Cut(mark));
    }
}

using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>The stages, as the conversation sees them.</summary>
public sealed record ConversationPorts(ITurnAudio Audio, IAnswerSound Sound, ISessionOrders Session, IMicrophoneSwitch Microphone)
{
    /// <summary>What the model may call; null: nothing, and each call is answered with an error text.</summary>
    public IToolRunner? Tools { get; init; }
}

/// <summary>Carries effects out.</summary>
/// <remarks>Belongs to the conversation's loop; nothing here blocks.</remarks>
internal sealed class EffectRunner(
    ConversationPorts ports, AnswerLedger ledger, IConversationObserver observer, TimeProvider time, Action<ConversationEvent> post)
{
    /// <summary>Metadata key of an order's number.</summary>
    public const string OrderKey = "edgevoice_order";

    /// <summary>How the event ids of orders begin that are dropped where a response is running.</summary>
    public const string MorePrefix = "more_";

    private readonly Dictionary<TimerKind, (ITimer Timer, int Version)> _timers = [];
    private readonly List<(int Epoch, IReadOnlyCollection<string> Responses, long OrderedNs)> _flushes = [];
    private int _timerVersion;
    private long? _pausedNs;
    private bool _stream;
    private long _unheardAnswers;

    /// <summary>Answers given up because no loudspeaker came.</summary>
    public long UnheardAnswers => Volatile.Read(ref _unheardAnswers);

    public void Run(Effect effect, DeviceState state)
    {
        switch (effect)
        {
            case Effect.OpenTurn open:
                _stream = open.Stream;
                // Told first: the uplink's first append may follow the order before this line is over.
                observer.OnNews(new ConversationNews.Milestone("turn.opened", open.Turn, open.FromNs));
                ports.Audio.Open(open.Turn, open.FromNs, open.Stream);
                break;
            case Effect.CloseTurn close:
                ports.Audio.Close(close.Turn, close.AtNs);
                observer.OnNews(new ConversationNews.Milestone("turn.closed", close.Turn, close.AtNs));
                break;
            case Effect.SendText send:
                observer.OnNews(new ConversationNews.TranscriptGrew("user", TextTurn.ItemId(send.Turn), send.Text, IsFinal: true));
                ports.Audio.Say(send.Turn, send.Text, send.Respond);
                break;
            case Effect.TakeText take:
                ports.Audio.TextTaken(take.Turn);
                break;
            case Effect.AbandonTurn abandon:
                ports.Audio.Abandon(abandon.Turn);
                break;
            case Effect.PauseSound:
                ports.Sound.Pause();
                _pausedNs = time.NowNs();
                observer.OnNews(new ConversationNews.Milestone("sound.paused", state.TurnNumber, _pausedNs.Value));
                break;
            case Effect.ResumeSound:
                _pausedNs = null;
                ports.Sound.Resume();
                break;
            case Effect.GiveUpAnswer giveUp:
                if (giveUp.Unheard) Interlocked.Increment(ref _unheardAnswers);
                GiveUp(giveUp.Cancel, state);
                break;
            case Effect.TakeCommit:
                ports.Audio.CommitTaken();
                break;
            case Effect.SettleTurn settle:
                ports.Audio.Settle(settle.Turn);
                break;
            case Effect.SettleStream settle:
                ports.Audio.SettleStream(settle.AudioEndMs);
                break;
            case Effect.AskForAnswer ask:
                // Turns inside a hands-free stream have no number of their own.
                Ask(null, ask.UnlessRunning);
                break;
            case Effect.CloseMicrophone:
                ports.Microphone.Close();
                break;
            case Effect.OpenMicrophone:
                ports.Microphone.Open();
                break;
            case Effect.StartTimer start:
                Start(start);
                break;
            case Effect.StopTimer stop:
                Stop(stop.Timer);
                break;
            case Effect.Tell tell:
                observer.OnNews(new ConversationNews.Told(tell.Text));
                break;
        }
    }

    /// <summary>A timer that was restarted or stopped after it ran out is none.</summary>
    public bool IsCurrent(TimerElapsed elapsed) => _timers.TryGetValue(elapsed.Timer, out var t) && t.Version == elapsed.Version;

    /// <summary>What comes of a running answer is worth more than a new one.</summary>
    public void StopWaitingForMore() => Stop(TimerKind.Continuation);

    /// <summary>Orders an answer, tagged so that it can be refused later; null: to no turn of its own. False without a connection.</summary>
    public bool Ask(int? turn, bool unlessRunning = false)
    {
        var order = ledger.Order();
        var tags = new Dictionary<string, string> { [OrderKey] = order.ToString(CultureInfo.InvariantCulture) };
        if (turn is { } number) tags[TurnMetadata.Key] = number.ToString(CultureInfo.InvariantCulture);
        var create = new ResponseCreate(new ResponseParameters { Metadata = tags })
        {
            EventId = unlessRunning ? $"{MorePrefix}{order}" : turn is null ? $"ask_{order}" : $"again_{turn}",
        };
        if (ports.Session.Post(create)) return true;
        ledger.OrderFailed();
        return false;
    }

    /// <summary>Items of an answer that was given up, announced after that: nothing of them was heard.</summary>
    public void Delete(IReadOnlyList<string> items)
    {
        foreach (var item in items) ports.Session.Post(new ConversationItemDelete(item));
    }

    /// <summary>A response that nobody wants any more has begun after all.</summary>
    public void Refuse(string response)
    {
        ports.Sound.Refuse(response);
        ports.Session.Post(new ResponseCancel(response));
    }

    /// <summary>The loudspeaker has fallen silent: cut the server's memory to what was heard. Returns what was cut.</summary>
    public IReadOnlyList<CutOrder> Cut(PlayedMark mark)
    {
        var flushes = _flushes.FindAll(f => f.Epoch <= mark.Epoch);
        if (flushes.Count == 0) return [];
        _flushes.RemoveAll(f => f.Epoch <= mark.Epoch);
        var orders = ledger.Cut(mark, [.. flushes.SelectMany(f => f.Responses)]);
        foreach (var order in orders)
        {
            if (order.IsForeign) continue;
            ports.Session.Post(order.AudioEndMs is { } end
                ? new ConversationItemTruncate(order.ItemId, order.ContentIndex, end)
                : new ConversationItemDelete(order.ItemId));
            observer.OnNews(new ConversationNews.ItemCut(order.ItemId, order.AudioEndMs, order.PlayedMs, flushes[0].OrderedNs, mark.TimeNs));
        }

        return orders;
    }

    public void StopTimers()
    {
        foreach (var (timer, _) in _timers.Values) timer.Dispose();
        _timers.Clear();
    }

    private void GiveUp(bool cancel, DeviceState state)
    {
        ports.Audio.Settle(state.GivenUpTo);
        var running = ledger.Running.ToList();
        // Speech stops the server's own answers at the server; a press has to refuse the one that may be about to begin.
        var unfinished = ledger.GiveUp(state.GivenUpTo, cancel && _stream);
        // A press has ordered silence already, when it went down.
        var ordered = _pausedNs ?? time.NowNs();
        _pausedNs = null;
        _flushes.Add((ports.Sound.Flush(unfinished), unfinished, ordered));
        if (!cancel) return;
        foreach (var response in running) ports.Session.Post(new ResponseCancel(response));
    }

    private void Start(Effect.StartTimer start)
    {
        Stop(start.Timer);
        var elapsed = new TimerElapsed(start.Timer, ++_timerVersion);
        var timer = time.CreateTimer(_ => post(elapsed), null, TimeSpan.FromMilliseconds(start.Ms), Timeout.InfiniteTimeSpan);
        _timers[start.Timer] = (timer, elapsed.Version);
    }

    private void Stop(TimerKind kind)
    {
        if (_timers.Remove(kind, out var running)) running.Timer.Dispose();
    }
}

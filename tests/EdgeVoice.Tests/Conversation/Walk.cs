using System.Globalization;
using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Tests.Realtime.Protocol;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Steps at random: presses, every server event with right, stale and made-up ids, links, timers, devices; ordinary turns between.</summary>
internal sealed class Walk
{
    private const int Sayings = 28;
    private static readonly PressKind[][] Rows =
    [
        [Down, Undone], [Down, Confirmed, PressKind.Tap], [Down, Confirmed, HoldStarted, HoldEnded], [Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap],
        [Down, Confirmed, PressKind.Tap, Down, Undone], [Down, Confirmed, PressKind.Tap, Down, Confirmed, HoldStarted, HoldEnded],
        [Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap, Down, Confirmed, Undone, TripleTap],
        [Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap, Down, Confirmed, Undone, Down, Confirmed, Undone],
    ];

    private static readonly string[] Codes =
    [
        "conversation_already_has_active_response", "response_cancel_not_active", "item_truncate_invalid_item_id", "input_audio_buffer_commit_empty",
        "session_expired", "rate_limit_exceeded", "x",
    ];

    private static readonly string[] Prefixes = ["", "answer_", "again_", "ask_", "commit_", "more_", "text_"];
    private static readonly ServerEventReader Reader = new(new ProtocolCounters());
    private readonly Random _random;
    private readonly TurnRules _rules;
    private readonly WalkLaws _laws;
    private readonly Queue<PressKind> _row = [];
    private readonly List<AudioItem> _items = [];
    private readonly List<string> _responses = ["r0"];
    private readonly List<string> _steps = [];
    private int _names;

    public Walk(Random random, TurnRules rules)
    {
        (_random, _rules) = (random, rules);
        Bench = new ConversationBench(rules, ready: false);
        _laws = new WalkLaws(Bench);
    }

    public ConversationBench Bench { get; }

    /// <summary>The link is never lost.</summary>
    public bool KeepsConnection { get; init; }

    public string Trail => string.Join(' ', _steps.TakeLast(40));

    public string LastOrders => string.Join(' ', Bench.Orders.TakeLast(30));

    /// <summary>Takes the steps, with an ordinary turn now and then and at the end; null, or what was wrong.</summary>
    public string? Take(int steps)
    {
        if (KeepsConnection) Bench.Link(LinkState.Ready);
        var rest = _random.Next(1, 60);
        for (var i = 0; i < steps; i++)
        {
            var before = Bench.Orders.Count;
            Step();
            if (Bench.Orders.Count > before) _steps[^1] += $"[{string.Join(' ', Bench.Orders.Skip(before))}]";
            if (_laws.Judge() is { } wrong) return $"step {i}: {wrong}";
            if (--rest > 0 && i < steps - 1) continue;
            rest = _random.Next(1, 60);
            if (Turn() is { } end) return $"after step {i}: {end}";
        }

        return null;
    }

    private string? Turn()
    {
        _steps.Add("then");
        while (_row.Count > 0) PressOn();
        if (_laws.Judge() is { } wrong) return wrong;
        return new OrdinaryTurn(Bench, _rules, _laws, $"last{_names++}", cutFirst: !KeepsConnection && _random.Next(2) == 0).Take(_items) ?? Forget();
    }

    // What was said before an ordinary turn is stale after it; a little of it is kept, to be repeated.
    private string? Forget()
    {
        if (_items.Count > 6) _items.RemoveRange(0, _items.Count - 6);
        if (_responses.Count > 6) _responses.RemoveRange(0, _responses.Count - 6);
        return null;
    }

    private void Step()
    {
        var b = Bench;
        switch (Say(_random.Next(Sayings)))
        {
            case <= 4:
                PressOn();
                break;
            case 5:
                ChangeLink((LinkState)_random.Next(5) is var link && link == LinkState.Rotating ? LinkState.Ready : link);
                break;
            case 6:
                if (Sent() is { } sent) b.Do(new TurnSent(sent, _random.Next(3) > 0));
                break;
            case 7:
                if (Sent() is { } back) b.Do(_random.Next(2) == 0 ? new TurnTakenBack(back, "short") : new TurnAudioLost(back, 100));
                break;
            case 8:
                b.Committed();
                break;
            case 9 or 10:
                Create();
                break;
            case 11 or 12:
                Sound();
                break;
            case 13 or 14:
                b.Done(Any(_responses), (ResponseStatus)_random.Next(2, 6));
                break;
            case 15 or 16 when _items.Count > 0:
                var item = Any(_items);
                b.Mark((PlayedMarkKind)_random.Next(6), item, _random.Next(0, (int)(item.KeptSamples / 24) + 1));
                break;
            case 17:
                b.Flushed();
                break;
            case 18:
                b.SpeechStarted().Do(new SpeechHeard(b.State.TurnNumber));
                break;
            case 19:
                b.SpeechStopped(_random.Next(10_000)).Do(new LocalSilence(b.State.TurnNumber, 0));
                break;
            case 20:
                b.Wait(_random.Next(35_000));
                break;
            case 21:
                b.Do(_random.Next(2) == 0 ? new MicrophoneLost("x", 0) : new MicrophoneBack(0));
                break;
            case 22:
                b.Do(_random.Next(2) == 0 ? new LoudspeakerLost("x") : new LoudspeakerBack());
                break;
            case 23:
                b.Do(new TextSaid("x"));
                break;
            case 24:
                b.Do(_random.Next(3) switch { 0 => new MuteWanted(null, 0), 1 => new MuteSwitched(_random.Next(2) == 0, 0), _ => new DeviceStarted(0) });
                break;
            case 25:
                b.Error(Any(Codes), EventId(), type: _random.Next(4) == 0 ? "server_error" : "invalid_request_error");
                break;
            case 26:
                b.Server(new ConversationItemAdded(new MessageItem(MessageRole.User) { Id = TextTurn.ItemId(Number()) }));
                break;
            default:
                AnyEvent();
                break;
        }
    }

    // What is still being said has not been sent: neither the uplink nor a server can have news of it.
    private int? Sent() => Number() is var turn && Bench.State.Gate != TurnGate.None && turn == Bench.State.GateTurn ? null : turn;

    private string? EventId() => Sent() is { } turn && Any(Prefixes) is { Length: > 0 } prefix ? $"{prefix}{turn}" : null;

    // One of the 46, as a server sends it, about something known, something old or something nobody has heard of.
    private void AnyEvent()
    {
        var (response, item) = (_random.Next(4) == 0 ? $"x{_names++}" : Any(_responses), _items.Count > 0 && _random.Next(3) > 0 ? Any(_items).ItemId : $"i{_names++}");
        var json = ProtocolFiles.OwnServerEvents[_random.Next(ProtocolFiles.OwnServerEvents.Count)]
            .Replace("resp_1", response, StringComparison.Ordinal).Replace("resp_2", response, StringComparison.Ordinal)
            .Replace("item_", item + (_random.Next(2) == 0 ? "" : "_"), StringComparison.Ordinal).Replace("call_9", $"c{_random.Next(5)}", StringComparison.Ordinal);
        var read = Reader.Read(Encoding.UTF8.GetBytes(json));
        _steps.Add(read.Type);
        switch (read)
        {
            case ResponseCreated created:
                _laws.Created(created.Response.Id);
                break;
            case ResponseOutputItemAdded { Item.Id: { } id }:
                _laws.Known(id);
                break;
            case ResponseOutputTextDelta text:
                _laws.Known(text.ItemId);
                break;
        }

        Bench.Server(read);
    }

    private void Create()
    {
        var name = _random.Next(8) == 0 ? Any(_responses) : $"r{_names++}";
        if (!_responses.Contains(name)) _responses.Add(name);
        _laws.Created(name);
        Bench.Created(name, _random.Next(2) == 0 ? Number() : null, _random.Next(4) == 0 ? _random.Next(5) : null);
    }

    private void Sound()
    {
        var again = _items.Count > 0 && _random.Next(4) == 0;
        var (name, part) = (again ? Any(_items).ItemId : $"i{_names++}", again ? _random.Next(3) : 0);
        var response = Any(_responses);
        if (_items.Exists(i => i.ItemId == name && i.ContentIndex == part && i.ResponseId == response)) return;
        var announced = _random.Next(4) > 0;
        if (announced) _laws.Known(name);
        var audio = Bench.Audio(response, name, _random.Next(1, 500), announced: announced);
        _laws.Known(audio);
        if (_random.Next(2) == 0) audio.MarkDone();
        _items.Add(audio);
    }

    private void ChangeLink(LinkState link)
    {
        if (KeepsConnection) return;
        if (link is LinkState.Offline or LinkState.Stopped) _laws.Cut();
        Bench.Link(link, "x");
    }

    private int Say(int step)
    {
        _steps.Add(step.ToString(CultureInfo.InvariantCulture));
        return step;
    }

    private void PressOn()
    {
        if (_row.Count == 0)
            foreach (var kind in Rows[_random.Next(Rows.Length)]) _row.Enqueue(kind);
        _steps[^1] += $":{_row.Peek()}";
        Bench.Press(_row.Dequeue());
    }

    private int Number() => Math.Max(0, Bench.State.TurnNumber - _random.Next(3));

    private T Any<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];
}

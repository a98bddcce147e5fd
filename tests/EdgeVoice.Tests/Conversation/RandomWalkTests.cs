using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Whatever happens in whatever order, the next ordinary turn works.</summary>
public sealed class RandomWalkTests
{
    private static readonly PressKind[][] Rows =
    [
        [Down, Undone], [Down, Confirmed, PressKind.Tap], [Down, Confirmed, HoldStarted, HoldEnded], [Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap],
        [Down, Confirmed, PressKind.Tap, Down, Undone], [Down, Confirmed, PressKind.Tap, Down, Confirmed, HoldStarted, HoldEnded],
        [Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap, Down, Confirmed, Undone, TripleTap],
        [Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap, Down, Confirmed, Undone, Down, Confirmed, Undone],
    ];

    [Theory]
    [InlineData(false, false, true, true)]
    [InlineData(true, false, true, true)]
    [InlineData(true, true, true, true)]
    [InlineData(true, false, false, true)]
    [InlineData(true, false, true, false)]
    public void AnyWalk_ThenAnOrdinaryTurn_Completes(bool handsFree, bool always, bool interrupt, bool create)
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var walk = new Walk(new Random(seed), new TurnRules(handsFree, always, interrupt, create));
            var steps = seed % 60;
            for (var i = 0; i < steps; i++) walk.Step();
            walk.FinishPress();
            var end = walk.OrdinaryTurn();
            Assert.True(end is null, $"seed {seed}: {end}; {walk.Bench.State}; {string.Join(' ', walk.Trail)}");
        }
    }

    private sealed class Walk(Random random, TurnRules rules)
    {
        private readonly Queue<PressKind> _row = [];
        private readonly List<AudioItem> _items = [];
        private readonly List<string> _responses = [];
        private int _names;

        public ConversationBench Bench { get; } = new(rules, ready: false);

        public List<string> Trail { get; } = [];

        public void Step()
        {
            var b = Bench;
            switch (Say(random.Next(23)))
            {
                case <= 4:
                    PressOn();
                    break;
                case 5:
                    b.Link((LinkState)random.Next(5) is var link && link == LinkState.Rotating ? LinkState.Ready : link, "x");
                    break;
                case 6:
                    b.Do(new TurnSent(Turn(), random.Next(3) > 0));
                    break;
                case 7:
                    b.Do(new TurnTakenBack(Turn(), "short"));
                    break;
                case 8:
                    b.Committed();
                    break;
                case 9:
                    b.Created(Name(_responses), random.Next(2) == 0 ? Turn() : null);
                    break;
                case 10 when _responses.Count > 0:
                    _items.Add(b.Audio(Any(_responses), $"i{_names++}", random.Next(1, 500), announced: random.Next(4) > 0));
                    break;
                case 11 when _responses.Count > 0:
                    b.Done(Any(_responses), (ResponseStatus)random.Next(2, 6));
                    break;
                case 12 when _items.Count > 0:
                    var item = Any(_items);
                    b.Mark((PlayedMarkKind)random.Next(6), item, random.Next(0, (int)(item.KeptSamples / 24) + 1));
                    break;
                case 13:
                    b.Flushed();
                    break;
                case 14:
                    b.SpeechStarted().Do(new SpeechHeard(b.State.TurnNumber));
                    break;
                case 15:
                    b.SpeechStopped(random.Next(10_000)).Do(new LocalSilence(b.State.TurnNumber, 0));
                    break;
                case 16:
                    b.Wait(random.Next(25_000));
                    break;
                case 17:
                    b.Do(random.Next(2) == 0 ? new MicrophoneLost("x", 0) : new MicrophoneBack(0));
                    break;
                case 19:
                    b.Do(new TextSaid("x"));
                    break;
                case 20 when _responses.Count > 0:
                    b.Announced(Any(_responses), $"t{_names}").Server(new ResponseOutputTextDelta(Any(_responses), $"t{_names++}", Delta: "x"));
                    break;
                case 21 when _responses.Count > 0:
                    b.Server(new ResponseOutputItemDone(new McpApprovalRequestItem("s", "n", "{}") { Id = $"a{_names++}" }, Any(_responses)));
                    break;
                case 22:
                    b.Server(new ConversationItemAdded(new MessageItem(MessageRole.User) { Id = TextTurn.ItemId(Turn()) }));
                    break;
                case 18:
                    b.Do(random.Next(2) == 0 ? new LoudspeakerLost("x") : new LoudspeakerBack());
                    break;
                default:
                    b.Do(random.Next(2) == 0 ? new MuteWanted(null, 0) : new DeviceStarted(0))
                        .Error(random.Next(2) == 0 ? "conversation_already_has_active_response" : "x", $"answer_{Turn()}");
                    break;
            }
        }

        public void FinishPress()
        {
            while (_row.Count > 0) PressOn();
        }

        /// <summary>What a person and a well-behaved server do next; null when it went as it should.</summary>
        public string? OrdinaryTurn()
        {
            var b = Bench;
            b.Do(new MuteWanted(false, 0)).Do(new MicrophoneBack(0)).Do(new LoudspeakerBack()).Link(LinkState.Offline).Link(LinkState.Ready);
            var due = b.State.Turn is TurnState.Interrupted ? null : "";
            b.Flushed();
            if (due is null && b.State.Turn == TurnState.Interrupted) return "interrupted for ever";
            // Everything that still sounds is heard, or the limits run out.
            foreach (var item in _items) b.Mark(PlayedMarkKind.Progress, item, item.KeptSamples / 24.0);
            if (b.State.Gate != TurnGate.None && !rules.AlwaysOpen) b.Press(Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap);
            else if (rules.AlwaysOpen && b.State.Gate == TurnGate.None) b.Tap();
            b.Flushed();
            if (rules.HandsFree && b.State.Gate == TurnGate.None) b.Tap().Flushed();
            return rules.HandsFree ? Free() : Held();
        }

        private string? Held()
        {
            var b = Bench;
            b.HoldDown().Flushed().Do(new SpeechHeard(b.State.TurnNumber)).Press(HoldEnded);
            if (b.State.Turn != TurnState.Committing) return "not committing";
            b.Do(new TurnSent(b.State.TurnNumber, true)).Committed().Created("last", b.State.TurnNumber);
            return Answer();
        }

        private string? Free()
        {
            var b = Bench;
            b.SpeechStarted();
            b.Flushed();
            if (b.State.Turn != TurnState.Listening) return "not listening";
            b.SpeechStopped(99_000).Committed();
            var ordered = b.Orders.LastOrDefault(o => o.StartsWith("create:ask_", StringComparison.Ordinal))?["create:ask_".Length..];
            if (!rules.CreateResponse && ordered is null) return "not asked";
            b.Created("last", order: rules.CreateResponse ? null : int.Parse(ordered!, System.Globalization.CultureInfo.InvariantCulture));
            return Answer();
        }

        private string? Answer()
        {
            var b = Bench;
            if (b.Orders.Contains("refuse:last")) return "refused";
            if (b.State.Turn != TurnState.Thinking) return "not thinking";
            var audio = b.Audio("last", "last", 300);
            b.Mark(PlayedMarkKind.Started, audio);
            if (b.State.Turn != TurnState.Speaking) return "not speaking";
            audio.MarkDone();
            b.Done("last").Mark(PlayedMarkKind.Progress, audio, 300);
            if (b.State.Turn != (rules.HandsFree ? TurnState.Armed : TurnState.Idle)) return "not at rest";
            b.Wait(rules.IdleTimeoutMs);
            return rules.AlwaysOpen || b.State.Conversation == ConversationState.Closed ? null : "not closed";
        }

        private int Say(int step)
        {
            Trail.Add($"{step}");
            return step;
        }

        private void PressOn()
        {
            if (_row.Count == 0)
                foreach (var kind in Rows[random.Next(Rows.Length)]) _row.Enqueue(kind);
            Bench.Press(_row.Dequeue());
        }

        private int Turn() => Math.Max(0, Bench.State.TurnNumber - random.Next(3));

        private string Name(List<string> names)
        {
            names.Add($"r{_names++}");
            return names[^1];
        }

        private T Any<T>(List<T> of) => of[random.Next(of.Count)];
    }
}

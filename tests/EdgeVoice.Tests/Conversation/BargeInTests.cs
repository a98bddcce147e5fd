using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Conversation;

/// <summary>The protocol's rule set for interruptions (section 9) in every mode: by a press, by speech, with and without the server's help.</summary>
public sealed class BargeInTests
{
    /// <summary>Hands-free, interrupt_response, create_response.</summary>
    public static TheoryData<bool, bool, bool> Modes { get; } = new()
    {
        { false, true, true }, { true, true, true }, { true, true, false }, { true, false, true }, { true, false, false },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void Press_SeveralItemsQueued_CancelsAndCutsEachByWhatWasHeardOfIt(bool handsFree, bool interrupt, bool create)
    {
        var b = Bench(handsFree, interrupt, create);
        var (first, second) = Queue(b);
        b.Press(PressKind.Down, PressKind.Confirmed);
        Assert.Contains("cancel:r", b.Orders);
        Assert.Contains("flush[r]", b.Orders);
        Assert.True(b.Orders.IndexOf("flush[r]") < b.Orders.IndexOf("cancel:r"), "the sound stops before anybody is told");
        b.TakeOrders();
        b.Mark(PlayedMarkKind.Progress, first, 400).Flushed(second, 123.9);
        Assert.Equal("truncate:b:0:123 delete:c delete:d", b.TakeOrders());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Speech_SeveralItemsQueued_CutsEachAndLeavesTheCancelToTheServer(bool create)
    {
        var b = Bench(true, interrupt: true, create);
        var (first, second) = Queue(b);
        b.SpeechStarted();
        Assert.Equal("flush[r]", b.TakeOrders()[^"flush[r]".Length..]);
        b.Mark(PlayedMarkKind.Progress, first, 400).Flushed(second, 123.9);
        Assert.Equal("truncate:b:0:123 delete:c delete:d", b.TakeOrders());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Speech_InterruptResponseOff_RunsNothingOfTheList(bool create)
    {
        var b = Bench(true, interrupt: false, create);
        var (first, second) = Queue(b);
        b.SpeechStarted().Mark(PlayedMarkKind.Progress, first, 400).Mark(PlayedMarkKind.Progress, second, 500);
        Assert.Equal("", b.TakeOrders());
        Assert.Equal(TurnState.Listening, b.State.Turn);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Interrupted_LateItemsAndTheOldEnd_AreDroppedAndTheNextTurnIsAnswered(bool handsFree, bool interrupt, bool create)
    {
        var b = Bench(handsFree, interrupt, create);
        var (_, second) = Queue(b);
        if (handsFree) b.Tap();
        else b.HoldDown();
        b.Flushed(second, 100).TakeOrders();
        b.Audio("r", "late", 900);
        b.Done("r", ResponseStatus.Cancelled);
        Assert.Equal("delete:late", b.TakeOrders());
        Answered(b, handsFree, create);
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Interrupted_EveryRaceError_IsSwallowed(bool handsFree, bool interrupt, bool create)
    {
        var b = Bench(handsFree, interrupt, create);
        var (_, second) = Queue(b);
        if (handsFree) b.Tap();
        else b.HoldDown();
        b.Flushed(second, 100);
        var state = b.State;
        b.News.Clear();
        b.TakeOrders();
        foreach (var (code, message) in Races) b.Error(code, "ev_1", message);
        Assert.Equal("", b.TakeOrders());
        Assert.Empty(b.Told);
        Assert.Equal(state, b.State);
        Answered(b, handsFree, create);
    }

    [Fact]
    public void Speech_AllHeardToTheEnd_TellsTheServerNothing()
    {
        var b = Bench(true, true, true);
        var audio = b.SpeakingFreely("r", "a", 400);
        audio.MarkDone();
        b.SpeechStarted().TakeOrders();
        b.Flushed(audio, 400);
        Assert.Equal("", b.TakeOrders());
    }

    [Fact]
    public void Speech_AfterGenerationEnded_StillTruncates()
    {
        var b = Bench(true, true, true);
        var audio = b.SpeakingFreely("r", "a", 900);
        audio.MarkDone();
        b.Done("r").SpeechStarted().TakeOrders();
        b.Flushed(audio, 250.4);
        Assert.Equal("truncate:a:0:250", b.TakeOrders());
    }

    [Fact]
    public void Speech_TwoResponsesQueued_CutsBoth()
    {
        var b = Bench(true, true, true);
        var first = b.SpeakingFreely("r", "a", 900);
        first.MarkDone();
        b.Done("r").Created("s").Audio("s", "b", 500);
        b.SpeechStarted();
        Assert.Contains("flush[s,r]", b.Orders);
        b.TakeOrders();
        b.Flushed(first, 300);
        Assert.Equal("truncate:a:0:300 delete:b", b.TakeOrders());
    }

    [Fact]
    public void TurnTakenBack_ByItsServer_TheOneBeforeItIsStillAnswered()
    {
        var b = Bench(false, true, true);
        b.Link(LinkState.Offline).Hold().Hold().Link(LinkState.Ready);
        b.Do(new TurnSent(1, true)).Committed().Do(new TurnSent(2, true));
        b.Error("input_audio_buffer_commit_empty", "commit_2");
        b.Created("r", 1).Created("s", 2);
        Assert.DoesNotContain("refuse:r", b.Orders);
        Assert.Contains("refuse:s", b.Orders);
    }

    [Fact]
    public void TurnTakenBack_AfterItWasAskedForAgain_TheAnswerThatSoundsStillEnds()
    {
        var b = Bench(true, true, create: true);
        var audio = b.SpeakingFreely("r", "a", 400);
        b.Error("conversation_already_has_active_response", "answer_9").Done("r");
        Assert.Contains("create:again_9", b.Orders);
        b.Error("input_audio_buffer_commit_empty", "commit_9").Created("s", 9, 1).Done("s", ResponseStatus.Cancelled);
        Assert.Contains("refuse:s", b.Orders);
        b.Mark(PlayedMarkKind.Progress, audio, 400);
        Assert.Equal(TurnState.Armed, b.State.Turn);
    }

    private static (string Code, string Message)[] Races { get; } =
    [
        ("response_cancel_not_active", "Cancellation failed: no active response found"),
        ("item_truncate_invalid_item_id", "Item with item_id not found: x"),
        ("item_truncate_invalid_audio_end_ms", "too long"),
        ("item_delete_invalid_item_id", "Item with item_id not found: x"),
        ("invalid_value", "Audio content of 5ms is already shorter than 9ms"),
        ("unsupported_content_type", "Only model output audio messages can be truncated"),
        ("", "Only model output audio messages can be truncated"),
    ];

    private static ConversationBench Bench(bool handsFree, bool interrupt, bool create) =>
        new(new TurnRules(handsFree, InterruptResponse: interrupt, CreateResponse: create));

    // Heard whole, sounding, received, and only announced.
    private static (AudioItem First, AudioItem Second) Queue(ConversationBench b)
    {
        var first = b.Rules.HandsFree ? b.SpeakingFreely("r", "a", 400) : b.Speaking("r", "a", 400);
        first.MarkDone();
        var second = b.Audio("r", "b", 900);
        b.Audio("r", "c", 900);
        b.Announced("r", "d").Mark(PlayedMarkKind.Progress, first, 400).Mark(PlayedMarkKind.Started, second).TakeOrders();
        return (first, second);
    }

    private static void Answered(ConversationBench b, bool handsFree, bool create)
    {
        if (handsFree) b.SpeechStarted().SpeechStopped(9_000).Committed();
        else b.Do(new SpeechHeard(b.State.TurnNumber)).Press(PressKind.HoldEnded).Do(new TurnSent(b.State.TurnNumber, true)).Committed();
        var ordered = b.Orders.LastOrDefault(o => o.StartsWith("create:ask_", StringComparison.Ordinal));
        Assert.Equal(handsFree && !create, ordered is not null);
        b.Created("s", handsFree ? null : b.State.TurnNumber, ordered is null ? null : int.Parse(ordered["create:ask_".Length..], System.Globalization.CultureInfo.InvariantCulture));
        var audio = b.Audio("s", "n", 300);
        b.Mark(PlayedMarkKind.Started, audio);
        Assert.Equal(TurnState.Speaking, b.State.Turn);
        Assert.DoesNotContain("refuse:s", b.Orders);
    }
}

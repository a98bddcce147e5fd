using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Rules 4 to 6 of the protocol's rule set, per item.</summary>
public sealed class AnswerCutTests
{
    private readonly ConversationBench _b = new();

    private string Cut(AudioItem? heard, double ms)
    {
        _b.HoldDown().TakeOrders();
        _b.Flushed(heard, ms);
        return _b.TakeOrders();
    }

    [Fact]
    public void SeveralItems_HeardOneIsLeft_SoundingOneIsTruncated_OthersAreDeleted()
    {
        var first = _b.Speaking(item: "a", ms: 400);
        first.MarkDone();
        var second = _b.Audio("r", "b", 900);
        _b.Audio("r", "c", 900);
        _b.Announced("r", "d").Mark(PlayedMarkKind.Progress, first, 400).Mark(PlayedMarkKind.Started, second);
        Assert.Equal("truncate:b:0:123 delete:c delete:d", Cut(second, 123.9));
    }

    [Fact]
    public void UnannouncedItem_NothingHeard_IsNotMentioned()
    {
        _b.Speaking(item: "a", ms: 400);
        _b.Audio("r", "x", 900, announced: false);
        Assert.Equal("delete:a", Cut(null, 0));
    }

    [Fact]
    public void SecondPart_Sounding_IsTruncatedAtItsOwnIndex()
    {
        var first = _b.Speaking(item: "a", ms: 400);
        first.MarkDone();
        var second = _b.Audio("r", "a", 900, contentIndex: 1);
        _b.Mark(PlayedMarkKind.Progress, first, 400);
        Assert.Equal("truncate:a:1:50", Cut(second, 50));
    }

    [Fact]
    public void SecondPart_Unheard_FirstHeard_ItemIsNotDeleted()
    {
        var first = _b.Speaking(item: "a", ms: 400);
        _b.Audio("r", "a", 900, contentIndex: 1);
        Assert.Equal("truncate:a:0:100", Cut(first, 100));
    }

    [Fact]
    public void SecondPart_Unheard_FirstHeardAndResponseDone_ItemIsNotDeleted()
    {
        var first = _b.Speaking(item: "a", ms: 400);
        _b.Audio("r", "a", 900, contentIndex: 1);
        _b.Done("r").Mark(PlayedMarkKind.Progress, first, 400);
        Assert.Equal("", Cut(first, 400));
    }

    [Fact]
    public void SecondPart_NoneHeard_ItemIsDeletedOnce()
    {
        _b.Speaking(item: "a", ms: 400);
        _b.Audio("r", "a", 900, contentIndex: 1);
        Assert.Equal("delete:a", Cut(null, 0));
    }

    [Fact]
    public void UnderAMillisecond_IsNothing()
    {
        var audio = _b.Speaking(item: "a");
        Assert.Equal("delete:a", Cut(audio, 0.9));
    }

    [Fact]
    public void HeardToItsEnd_WhileTheResponseGoesOn_IsLeftAlone()
    {
        var audio = _b.Speaking(item: "a", ms: 400);
        audio.MarkDone();
        Assert.Equal("", Cut(audio, 400));
    }

    [Fact]
    public void AllReceivedHeard_ButNotComplete_IsTruncatedThere()
    {
        var audio = _b.Speaking(item: "a", ms: 400);
        Assert.Equal("truncate:a:0:400", Cut(audio, 400));
    }

    [Fact]
    public void ReceivedMoreThanKept_AllKeptHeard_IsTruncatedAtKept()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1);
        var audio = _b.Audio("r", "a", 900, keptMs: 300);
        audio.MarkDone();
        _b.Mark(PlayedMarkKind.Started, audio);
        Assert.Equal("truncate:a:0:300", Cut(audio, 300));
    }

    [Fact]
    public void GenerationDone_SoundStillQueued_TruncatesWithoutACancel()
    {
        var audio = _b.Speaking();
        audio.MarkDone();
        _b.Done("r").HoldDown();
        Assert.DoesNotContain("cancel:r", _b.Orders);
        _b.Flushed(audio, 700);
        Assert.Contains("truncate:i:0:700", _b.Orders);
    }

    [Fact]
    public void MarkOfAnEarlierEpoch_CutsNothing()
    {
        var audio = _b.Speaking();
        _b.HoldDown().TakeOrders();
        _b.Do(new SoundPlayed(new PlayedMark(PlayedMarkKind.Flushed, audio, 100, 0, 0, _b.Epoch - 1)));
        Assert.Equal("", _b.TakeOrders());
    }

    [Fact]
    public void TwoFlushes_OneMark_CutsEachItemOnce()
    {
        var audio = _b.Speaking();
        _b.HoldDown().Press(PressKind.DoubleTap).TakeOrders();
        _b.Flushed(audio, 100).Flushed(audio, 100);
        Assert.Equal("truncate:i:0:100", _b.TakeOrders());
    }

    [Fact]
    public void LateItem_OfAGivenUpResponse_IsDeletedAtItsEnd_AndKeepsNobodyBusy()
    {
        var audio = _b.Speaking();
        _b.HoldDown().Flushed(audio, 100).TakeOrders();
        _b.Audio("r", "late", 900);
        Assert.Equal("", _b.TakeOrders());
        _b.Done("r", ResponseStatus.Cancelled);
        Assert.Equal("delete:late", _b.TakeOrders());
        _b.Press(PressKind.HoldEnded).Do(new TurnSent(2, true)).Committed().Created("s", 2);
        var next = _b.Audio("s", "j", 100);
        _b.Mark(PlayedMarkKind.Started, next).Done("s").Mark(PlayedMarkKind.Progress, next, 100);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void ConnectionLostWhileSpeaking_TheNewOneIsToldNothing()
    {
        var audio = _b.Speaking();
        _b.Link(LinkState.Offline).Link(LinkState.Ready);
        Assert.Equal("", Cut(audio, 300));
        Assert.Equal(TurnState.Armed, _b.State.Turn);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void SoundThatEndedBeforeItsEndWasTold_IsHeardToItsEndAllTheSame(int howItEnds)
    {
        var audio = _b.Speaking(ms: 500);
        _b.Mark(PlayedMarkKind.Drained, audio, 500);
        Assert.Empty(_b.News.OfType<ConversationNews.ItemHeard>());
        if (howItEnds == 0) _b.Done("r");
        if (howItEnds == 2) _b.Link(LinkState.Offline);
        if (howItEnds == 1)
        {
            audio.MarkDone();
            _b.Server(new ResponseOutputAudioDone("r", "i"));
        }

        Assert.Equal("i", Assert.Single(_b.News.OfType<ConversationNews.ItemHeard>()).ItemId);
        Assert.Equal(howItEnds == 1 ? TurnState.Speaking : TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void ItemCut_TellsTheOrderFromThePress()
    {
        var audio = _b.Speaking();
        var pressed = _b.Time.GetTimestamp();
        _b.Press(PressKind.Down).Wait(30).Press(PressKind.Confirmed).Wait(10).Flushed(audio, 100.02);
        var cut = Assert.Single(_b.News.OfType<ConversationNews.ItemCut>());
        Assert.Equal((pressed, pressed + 40_000_000), (cut.OrderedNs, cut.StoppedNs));
        Assert.InRange(cut.PlayedMs, 100.0, 100.03);
    }

    [Fact]
    public void ServerThatDoesNotEchoTags_TheNextTurnsAnswerIsHeard()
    {
        _b.Speaking();
        _b.Hold().Flushed().Do(new TurnSent(2, true)).Committed().Created("s");
        Assert.DoesNotContain("refuse:s", _b.Orders);
    }
}

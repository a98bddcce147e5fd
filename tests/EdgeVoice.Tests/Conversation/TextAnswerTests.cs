using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Answers in writing: shown, not heard, and over when they are done.</summary>
public sealed class TextAnswerTests
{
    private readonly ConversationBench _b = new();

    [Fact]
    public void Answer_InText_IsShownAndEndsTheTurn()
    {
        Asked();
        Delta("Ten ");
        Assert.Equal((TurnState.Thinking, "settle:1"), (_b.State.Turn, _b.TakeOrders()));
        Delta("past four.");
        Assert.Equal("", _b.TakeOrders());
        _b.Server(new ResponseOutputTextDone("r", "i", Text: "Ten past four."));
        Assert.Contains(new ConversationNews.TranscriptGrew("assistant", "i", "Ten past four.", true), _b.News);
        _b.Done("r");
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Answer_InTextThatTakesLong_IsNotGivenUpWhileItGrows()
    {
        Asked();
        for (var i = 0; i < 5; i++)
        {
            Delta("word ");
            _b.Wait(TurnRules.AnswerTimeoutMs - 1_000);
        }

        Assert.Equal(TurnState.Thinking, _b.State.Turn);
        _b.Wait(1_000);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Press_WhileTextGrows_CancelsAndDeletesNothing()
    {
        Asked();
        Delta("Ten ");
        _b.TakeOrders();
        _b.HoldDown().Flushed();
        var orders = _b.TakeOrders();
        Assert.Contains("cancel:r", orders, StringComparison.Ordinal);
        Assert.DoesNotContain("delete", orders, StringComparison.Ordinal);
        var shown = _b.News.OfType<ConversationNews.TranscriptGrew>().Count();
        Delta("past four.");
        Assert.Equal(shown, _b.News.OfType<ConversationNews.TranscriptGrew>().Count());
    }

    [Fact]
    public void Press_AfterAnAnswerInText_DeletesNothing()
    {
        Asked();
        Delta("Ten.");
        _b.Done("r").TakeOrders();
        _b.HoldDown();
        Assert.DoesNotContain("delete", _b.TakeOrders(), StringComparison.Ordinal);
    }

    [Fact]
    public void LostLink_WhileTextGrows_EndsTheTurn()
    {
        Asked();
        Delta("Ten ");
        _b.Link(LinkState.Offline);
        Assert.Equal(TurnState.Idle, _b.State.Turn);
    }

    [Fact]
    public void Ledger_ThousandsOfAnswersThatNobodyHears_RemembersNone()
    {
        var ledger = new AnswerLedger();
        for (var i = 0; i < 5_000; i++)
        {
            ledger.Begin($"r{i}", null);
            ledger.Announce($"r{i}", $"i{i}");
            ledger.Show($"r{i}", $"i{i}");
            Assert.True(ledger.End($"r{i}", out _));
        }

        Assert.Equal((0, false), (ledger.Remembered, ledger.IsBusy));
    }

    private void Asked()
    {
        _b.Hold().Do(new TurnSent(1, true)).Committed().Created("r", 1).Announced("r", "i");
        _b.TakeOrders();
    }

    private void Delta(string text) => _b.Server(new ResponseOutputTextDelta("r", "i", Delta: text));
}

using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Tests.Uplink;

/// <summary>Typed turns among spoken ones: in order, kept like them, never lost.</summary>
public sealed class AudioUplinkTextTests
{
    private readonly UplinkBench _b = new();

    [Fact]
    public void Text_Ready_IsSentAndAskedFor()
    {
        var wire = _b.Connect();
        Assert.Equal("text(hi) create(1)", Words(_b.Type(1), wire));
        Assert.Contains("Asked:1", _b.Heard);
    }

    [Fact]
    public void Text_Offline_IsSentOnceThereIsAConnection() => Assert.Equal("text(hi) create(1)", _b.Type(1).Connect().Words);

    [Fact]
    public void Text_NotSettled_IsSentAgainOnTheNextConnection()
    {
        _b.Type(1).Connect();
        _b.Uplink.TextTaken(1);
        Assert.Equal("text(hi) create(1)", _b.Disconnect().Connect().Words);
        _b.Uplink.TextTaken(1);
        _b.Uplink.Settle(1);
        Assert.Equal("", _b.Disconnect().Connect().Words);
    }

    [Fact]
    public void Text_AskingForNothing_IsSettledWhenTaken()
    {
        var wire = _b.Connect();
        Assert.Equal("text(hi)", Words(_b.Type(1, respond: false), wire));
        _b.Uplink.TextTaken(1);
        Assert.Equal("", _b.Disconnect().Connect().Words);
    }

    [Fact]
    public void Text_DuringASpokenTurn_FollowsItAndOnlyTheLastIsAnswered()
    {
        var wire = _b.Connect();
        _b.Capture(500).Open(1).Capture(200).Type(2).Capture(200);
        Assert.Equal("append", wire.Words);
        _b.Close(1).Capture(320);
        Assert.Equal("append commit text(hi) create(2)", wire.Words);
    }

    [Fact]
    public void Text_DuringASpokenTurnThatIsTakenBack_IsSent()
    {
        var wire = _b.Connect();
        _b.Open(1).Type(2);
        _b.Uplink.Abandon(1);
        Assert.EndsWith("text(hi) create(2)", Words(_b.Pump(), wire), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_DuringAStream_GoesInBetween()
    {
        var wire = _b.Connect();
        _b.Capture(100).Open(1, stream: true).Capture(200).Type(2).Capture(200);
        Assert.Equal("append text(hi) create(2) append", wire.Words);
    }

    [Fact]
    public void Text_BetweenTurnsOffline_KeepsTheOrder()
    {
        _b.Capture(500).Say(1).Type(2, "and").Say(3);
        Assert.Equal("append commit text(and) append commit create(3)", _b.Connect().Words);
    }

    [Fact]
    public void Text_LongAgoSaid_IsNotPushedOutBySound()
    {
        _b.Type(1).Capture(200).Open(2).Capture(UplinkOptions.KeptMs + 2_000);
        Assert.StartsWith("text(hi)", _b.Connect().Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_TakenBack_IsNotSent()
    {
        _b.Type(1);
        _b.Uplink.Abandon(1);
        Assert.Equal("", _b.Connect().Words);
    }

    [Fact]
    public void Texts_MoreThanAreKept_AreRefusedNotLost()
    {
        for (var i = 1; i <= UplinkOptions.KeptTexts + 1; i++) _b.Type(i);
        Assert.Contains($"TooMany:{UplinkOptions.KeptTexts + 1}", _b.Heard);
        Assert.Equal(UplinkOptions.KeptTexts, _b.Connect().Sent.Count(s => s == "text(hi)"));
    }

    private static string Words(UplinkBench bench, UplinkBench.Wire wire)
    {
        bench.Pump();
        return wire.Words;
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Tests.Uplink;

public sealed class AudioUplinkReplayTests
{
    private static readonly short[] Empty = [];

    [Theory]
    [InlineData("before any append")]
    [InlineData("after appends")]
    [InlineData("between commit and committed")]
    [InlineData("after committed, before sound")]
    public void Cut_TurnIsSentAgainFromItsStart(string cut)
    {
        var b = new UplinkBench();
        var first = b.Connect();
        b.Capture(500);
        if (cut == "before any append") b.Disconnect();
        var from = b.Frames - 7_200;
        b.Open(1).Capture(400);
        if (cut == "after appends") b.Disconnect();
        b.Close(1).Capture(320);
        if (cut == "between commit and committed") b.Disconnect();
        if (cut == "after committed, before sound") b.Uplink.CommitTaken();
        b.Disconnect();
        var second = b.Connect();
        Assert.Equal("append commit create(1)", second.Words);
        Assert.Equal(UplinkBench.Expected(from, from + 1_000 * 24), second.Samples(0));
        Assert.Equal(cut == "before any append" ? "" : cut == "after appends" ? "append" : "append commit create(1)", first.Words);
    }

    [Fact]
    public void Settled_NothingIsSentAgain()
    {
        var b = new UplinkBench();
        b.Connect();
        b.Capture(500).Say(1);
        b.Uplink.CommitTaken();
        b.Uplink.Settle(1);
        b.Disconnect();
        Assert.Equal("", b.Connect().Words);
    }

    [Fact]
    public void Settle_BeforeCommitted_IsNotEnough()
    {
        var b = new UplinkBench();
        b.Connect();
        b.Capture(500).Say(1).Uplink.Settle(1);
        b.Disconnect();
        Assert.Equal("append commit create(1)", b.Connect().Words);
    }

    [Fact]
    public void NoAnswerOrdered_CommittedIsEnough()
    {
        var b = new UplinkBench();
        b.Connect();
        b.Capture(500).Open(1).Capture(400).Close(1, respond: false).Capture(320);
        b.Uplink.CommitTaken();
        b.Disconnect();
        Assert.Equal("", b.Connect().Words);
        Assert.Contains("Sent:1", b.Heard);
    }

    [Fact]
    public void SendFails_MidTurn_TheNextConnectionGetsAllOfIt()
    {
        var b = new UplinkBench();
        var first = b.Connect();
        first.BreaksAfter = 5;
        b.Capture(500);
        var from = b.Frames - 7_200;
        b.Say(1);
        Assert.Equal(5, first.Messages);
        var second = b.Connect();
        Assert.Equal("append commit create(1)", second.Words);
        Assert.Equal(UplinkBench.Expected(from, from + 1_000 * 24), second.Samples(0));
        Assert.Single(b.Heard, "first:1");
    }

    [Theory]
    [InlineData(false, "append commit append commit append commit create(3)", "Sent:1 Sent:2 Asked:3")]
    [InlineData(true, "append commit create(1) append commit create(2) append commit create(3)", "Asked:1 Asked:2 Asked:3")]
    public void OfflinePresses_AreReplayedInOrder_LastOneAsks(bool every, string words, string outcomes)
    {
        var b = new UplinkBench(new UplinkOptions(24_000, AnswerEveryTurn: every));
        b.Capture(500);
        var starts = new List<long>();
        for (var turn = 1; turn <= 3; turn++)
        {
            starts.Add(b.Frames - 7_200);
            b.Say(turn).Capture(200);
        }

        var wire = b.Connect();
        Assert.Equal(words, wire.Words);
        for (var i = 0; i < 3; i++) Assert.Equal(UplinkBench.Expected(starts[i], starts[i] + 24_000), wire.Samples(i));
        Assert.Equal(outcomes, string.Join(' ', b.Heard.Where(h => h.StartsWith("Sent", StringComparison.Ordinal) || h.StartsWith("Asked", StringComparison.Ordinal))));
    }

    [Fact]
    public void OfflinePresses_LastOneSilent_TheOneBeforeAsks()
    {
        var b = new UplinkBench();
        b.Capture(500).Say(1).IsLoud = false;
        b.Capture(500).Say(2, requireSpeech: true);
        Assert.Equal("append commit create(1)", b.Connect().Words);
    }

    [Fact]
    public void ReconnectWhileStillSpeaking_GoesOnLive()
    {
        var b = new UplinkBench();
        b.Capture(500);
        var from = b.Frames - 7_200;
        b.Open(1).Capture(2_000);
        var wire = b.Connect();
        b.Capture(1_000).Close(1).Capture(320);
        Assert.Equal("append commit create(1)", wire.Words);
        Assert.Equal(UplinkBench.Expected(from, from + 3_600 * 24), wire.Samples(0));
    }

    [Fact]
    public void TakenBackCommit_ItsAcknowledgementIsNotTheNextTurns()
    {
        var b = new UplinkBench();
        b.Connect();
        b.Capture(500).Say(1).Uplink.Abandon(1);
        b.Say(2).Uplink.CommitTaken();
        b.Uplink.Settle(2);
        b.Disconnect();
        Assert.Equal("append commit create(2)", b.Connect().Words);
    }

    [Fact]
    public void Kept_LongerThanTwoMinutes_OldestGoesFirstAndIsCounted()
    {
        var b = new UplinkBench(new UplinkOptions(8_000), blockMs: 100);
        b.Capture(500).Open(1).Capture(150_000).Close(1).Capture(400);
        // 300 + 150,000 + 300 ms of turn and 100 ms of the block behind its end, in 120 s of room.
        Assert.Equal((300 + 150_000 + 300 + 100 - 120_000) * 8, b.Lost[1], 800.0);
        var wire = b.Connect();
        Assert.Equal("append commit create(1)", wire.Words);
        var sent = wire.Samples(0);
        Assert.Equal((300 + 150_000 + 300) * 8 - b.Lost[1], sent.Length);
        var end = b.Frames - 800;
        Assert.Equal(UplinkBench.Expected(end - sent.Length, end), sent);
    }

    [Fact]
    public void Kept_LongerThanTwoMinutes_IsToldAtOnceThenEveryTenSecondsThenAtTheEnd()
    {
        var b = new UplinkBench(new UplinkOptions(8_000), blockMs: 100);
        b.Capture(500).Open(1).Capture(119_700);
        Assert.Equal(0, b.LossesTold);
        b.Capture(100);
        Assert.Equal(1, b.LossesTold);
        b.Capture(9_900);
        Assert.Equal(1, b.LossesTold);
        b.Capture(15_100);
        Assert.Equal((3, 25_100 * 8L), (b.LossesTold, b.Uplink.LostSamples));
        Assert.Equal(20_100 * 8, b.Lost[1]);
        b.Close(1).Capture(400);
        Assert.Equal((4, b.Uplink.LostSamples), (b.LossesTold, b.Lost[1]));
    }

    [Fact]
    public void Kept_WholeTurnOverwritten_IsCountedAndNeverCommitted()
    {
        var b = new UplinkBench(new UplinkOptions(8_000), blockMs: 100);
        b.Capture(500).Say(1).Open(2).Capture(130_000).Close(2).Capture(400);
        Assert.Equal(1_000 * 8, b.Lost[1]);
        Assert.Contains("TooShort:1", b.Heard);
        Assert.Equal("append commit create(2)", b.Connect().Words);
    }

    [Fact]
    public void Kept_PressWhenTheRoomIsFull_DoesNotEndTheLoop()
    {
        var b = new UplinkBench(new UplinkOptions(8_000), blockMs: 100);
        b.Capture(2_000).Open(1).Capture(119_600).Close(1).Capture(400);
        var wire = b.Connect();
        wire.BreaksAfter = 0;
        var second = new UplinkBench.Wire(AudioCoding.Pcm16);
        b.Uplink.Open(2, b.NsOf(b.Frames), stream: false);
        b.Uplink.Attach(second.Send);
        b.Pump();
        Assert.StartsWith("append", second.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void LiveTurn_LongerThanTwoMinutes_LosesNothing()
    {
        var b = new UplinkBench(new UplinkOptions(8_000), blockMs: 100);
        var wire = b.Connect();
        b.Capture(500).Open(1).Capture(130_000).Close(1).Capture(400);
        Assert.Empty(b.Lost);
        Assert.Equal((300 + 130_000 + 300) * 8, wire.Samples(0).Length);
    }

    [Fact]
    public void Stream_KeepsThirtySeconds_ReplaysAtFourTimesRealTime()
    {
        var b = new UplinkBench(new UplinkOptions(8_000));
        b.Capture(500).Open(1, stream: true).Capture(45_000);
        Assert.Equal((300 + 45_000 - 30_000) * 8, b.Uplink.LostSamples);
        var wire = b.Connect();
        var replayFrom = b.Frames - 30_000 * 8;
        for (var ms = 0; ms < 12_000; ms += 100)
        {
            Assert.InRange(wire.Turns[0].Count / 16, 0, (4 * ms) + 121);
            b.Capture(100);
        }

        Assert.InRange(wire.Turns[0].Count / 16, 42_000 - 60, 42_000);
        Assert.Equal(UplinkBench.Expected(replayFrom, replayFrom + wire.Turns[0].Count / 2), wire.Samples(0));
        Assert.Equal("append", wire.Words);
    }

    [Fact]
    public void Stream_Settled_ReplaysFromThereOn()
    {
        var b = new UplinkBench(new UplinkOptions(8_000));
        b.Connect();
        // Something else was appended on this connection before: its time counts in the server's places.
        b.Capture(500).Open(1).Capture(200).Uplink.Abandon(1);
        b.Pump();
        var before = 12 * 40 * 8;
        var from = b.Frames - 2_400;
        b.Open(2, stream: true).Capture(5_000).Uplink.SettleStream((before / 8) + 2_000);
        b.Disconnect();
        var second = b.Connect();
        b.Capture(3_000);
        var start = from + 2_000 * 8;
        Assert.Equal(UplinkBench.Expected(start, start + 4_000), second.Samples(0)[..4_000]);
    }

    [Fact]
    public void Stream_SettledTwice_OnTheNextConnection_CountsFromThatConnection()
    {
        var b = new UplinkBench(new UplinkOptions(8_000));
        b.Connect();
        b.Capture(500);
        var from = b.Frames - 2_400;
        b.Open(1, stream: true).Capture(4_000).Uplink.SettleStream(1_000);
        b.Disconnect().Connect();
        b.Capture(3_000).Uplink.SettleStream(500);
        b.Disconnect();
        var third = b.Connect();
        b.Capture(3_000);
        var start = from + 1_500 * 8;
        Assert.Equal(UplinkBench.Expected(start, start + 4_000), third.Samples(0)[..4_000]);
    }

    [Fact]
    public void Stream_Abandoned_NothingIsSentAgain()
    {
        var b = new UplinkBench(new UplinkOptions(8_000));
        b.Connect();
        b.Capture(500).Open(1, stream: true).Capture(2_000).Uplink.Abandon(1);
        b.Disconnect();
        var wire = b.Connect();
        b.Capture(500);
        Assert.Equal(Empty, wire.Samples(0));
    }

    [Fact]
    public void SlowLink_CaptureAndOrdersAreTakenBetweenMessages()
    {
        var b = new UplinkBench();
        b.Capture(500).Open(1).Capture(2_000);
        var wire = new UplinkBench.Wire(AudioCoding.Pcm16);
        b.Uplink.Attach(wire.Send);
        Assert.True(b.Uplink.TrySend(out _));
        b.CaptureStill(pump: false);
        b.Uplink.Abandon(1);
        b.Uplink.Sent(true);
        b.Pump();
        Assert.Equal("append clear", wire.Words);
        Assert.Single(wire.Chunks);
        Assert.Equal(b.Frames, b.Uplink.CapturedSamples);
    }
}

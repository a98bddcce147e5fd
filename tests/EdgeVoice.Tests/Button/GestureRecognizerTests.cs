using EdgeVoice.Core.Button;
using EdgeVoice.Core.Devices;
using static EdgeVoice.Core.Button.GestureKind;

namespace EdgeVoice.Tests.Button;

public sealed class GestureRecognizerTests
{
    // Edges as "ms+" for down and "ms-" for up.
    [Theory]
    [InlineData("100+ 200-", "Down Tap")]
    [InlineData("100+ 449.9-", "Down Tap")]
    [InlineData("100+ 450-", "Down HoldStarted HoldEnded")]
    [InlineData("100+ 900-", "Down HoldStarted HoldEnded")]
    [InlineData("100+ 100.01-", "Down Glitch")] // a spike
    [InlineData("100+ 120-", "Down Glitch")] // up at the second reading
    [InlineData("100+ 120- 140+ 140.5-", "Down Glitch")] // the short press bounced at its release
    [InlineData("100+ 120- 140+ 300-", "Down Glitch Down Tap")] // pressed again at once: late, not lost
    [InlineData("100+ 131-", "Down Tap")]
    [InlineData("100+ 120- 125+ 300-", "Down Tap")] // bounced, but down at the second reading
    [InlineData("100+ 101- 102+ 103- 104+ 300- 301+ 302- 303+ 304-", "Down Tap")] // bounces at both ends
    [InlineData("100+ 900- 910+ 1500-", "Down HoldStarted HoldEnded")] // the contact broke for 10 ms
    [InlineData("100+ 200- 400+ 500-", "Down Tap Down DoubleTap")]
    [InlineData("100+ 200- 449.9+ 500-", "Down Tap Down DoubleTap")]
    [InlineData("100+ 200- 450+ 550-", "Down Tap Down Tap")] // 250 ms apart is no row
    [InlineData("100+ 200- 300+ 400- 500+ 600-", "Down Tap Down DoubleTap Down Ignored TripleTap")]
    [InlineData("100+ 200- 300+ 400- 500+ 600- 849+ 950-", "Down Tap Down DoubleTap Down Ignored Down Ignored")]
    [InlineData("100+ 200- 300+ 400- 500+ 600- 700+ 800- 900+ 990-", "Down Tap Down DoubleTap Down Ignored Down Ignored Down Ignored")]
    [InlineData("100+ 200- 300+ 900-", "Down Tap Down HoldStarted HoldEnded")] // a hold ends the row
    [InlineData("100+ 200- 300+ 400- 500+ 600- 700+ 1200-", "Down Tap Down DoubleTap Down Ignored Down HoldStarted HoldEnded")]
    [InlineData("100+ 200- 300+ 305- 400+ 500-", "Down Tap Down Glitch Down DoubleTap")] // a glitch breaks no row
    [InlineData("100+ 200- 300+ 400- 500+ 600- 700+ 701-", "Down Tap Down DoubleTap Down Ignored Down Glitch TripleTap")]
    [InlineData("100- 101+ 300-", "Down Tap")] // an up edge from nowhere
    [InlineData("100+ 100+ 300- 300-", "Down Tap")] // edges told twice
    public void OnEdge_OfALine_TellsGestures(string line, string expected)
    {
        foreach (var late in new[] { 0L, 1_000, 3_000_000, long.MaxValue })
        {
            var bench = Play(new ButtonBench { Lateness = () => late }, line).Run(5000);
            Assert.Equal(expected, bench.Kinds());
        }
    }

    [Fact]
    public void OnEdge_FirstDown_IsToldByTheEdgeItself()
    {
        var told = new GestureRecognizer().OnEdge(new ButtonEdge(true, 42));
        Assert.Equal(new Gesture(Down, 42), told[0]);
    }

    [Theory]
    [InlineData("100+ 900-", 1)]
    [InlineData("100+ 200-", 1)]
    [InlineData("100+ 100.5-", 0)]
    public void Press_ThirtyMsAfterItsEdge_IsConfirmedUnlessAGlitch(string line, int expected)
    {
        var bench = Play(new ButtonBench(), line).Run(2_000);
        Assert.Equal(expected, bench.ConfirmedAtNs.Count);
        Assert.All(bench.ConfirmedAtNs, at => Assert.Equal(ButtonBench.Ns(130), at));
    }

    [Fact]
    public void Gestures_Times_AreThoseOfTheirEdges()
    {
        var bench = new ButtonBench().Press(100, 200).Press(300, 400).Press(500, 600).Press(2000, 3000).Run(5000);
        (GestureKind, double)[] expected =
        [
            (Down, 100), (Tap, 200), (Down, 300), (DoubleTap, 400), (Down, 500), (Ignored, 600), (TripleTap, 600),
            (Down, 2000), (HoldStarted, 2000), (HoldEnded, 3000),
        ];
        Assert.Equal(expected.Select(e => new Gesture(e.Item1, ButtonBench.Ns(e.Item2))), bench.Told);
    }

    [Theory]
    [InlineData("100+ 100.5-", Glitch, 130)]
    [InlineData("100+ 900-", HoldStarted, 450)]
    [InlineData("100+ 200-", Tap, 230)]
    [InlineData("100+ 200- 300+ 400-", DoubleTap, 430)]
    [InlineData("100+ 200- 300+ 400- 500+ 600-", TripleTap, 850)]
    [InlineData("100+ 128-", Glitch, 133)] // the last edge was 2 ms before the reading: read once more
    public void Gestures_WithDeadlinesKept_AreToldOnTime(string line, GestureKind kind, double atMs)
    {
        var bench = Play(new ButtonBench(), line).Run(5000);
        Assert.Equal(ButtonBench.Ns(atMs), bench.ToldAtNs[bench.Told.FindIndex(g => g.Kind == kind)]);
    }

    [Theory]
    [InlineData(2900, "")]
    [InlineData(3100, "FactoryResetProgress FactoryResetCancelled")]
    [InlineData(14900, "FactoryResetProgress FactoryResetCancelled")]
    [InlineData(15100, "FactoryResetProgress FactoryReset")]
    [InlineData(60000, "FactoryResetProgress FactoryReset")]
    public void StartHeld_ReleasedAfter_ResetsOnlyAfterFifteenSeconds(double releaseMs, string expected)
    {
        foreach (var late in new[] { 0, long.MaxValue })
        {
            var bench = new ButtonBench { Lateness = () => late };
            bench.Recognizer.StartHeld(0);
            bench.Edge(releaseMs, false).Run(releaseMs + 1000, startsDown: true);
            Assert.Equal(expected, bench.Kinds());
        }
    }

    [Fact]
    public void HoldAfterFifthTap_OpensNoTurnAndResets()
    {
        var bench = FiveTaps().Edge(1100, true).Run(16_101);
        Assert.EndsWith("Down Ignored FactoryResetProgress FactoryReset", bench.Kinds());
        Assert.DoesNotContain(bench.Told, g => g.Kind is HoldStarted or TripleTap);
        Assert.Equal(ButtonBench.Ns(1100), bench.Told[^1].TimeNs);
        Assert.Equal(ButtonBench.Ns(16_100), bench.ToldAtNs[^1]);
    }

    [Theory]
    [InlineData(4000, "Down Ignored")]
    [InlineData(4200, "Down Ignored FactoryResetProgress FactoryResetCancelled")]
    public void HoldAfterFifthTap_Released_Cancels(double releaseMs, string expected) =>
        Assert.EndsWith("Ignored " + expected, FiveTaps().Press(1100, releaseMs).Run(30_000).Kinds());

    [Fact]
    public void LongHold_OfATurn_NeverResets() =>
        Assert.Equal("Down HoldStarted HoldEnded", new ButtonBench().Press(0, 60_000).Run(70_000).Kinds());

    [Fact]
    public void HoldAfterSixthTap_IsAHold() =>
        Assert.EndsWith("Down HoldStarted HoldEnded", FiveTaps().Press(1100, 1200).Press(1300, 20_000).Run(30_000).Kinds());

    [Fact]
    public void OnTime_WhileHeldWithTheReleaseLost_EndsTheHold()
    {
        var recognizer = new GestureRecognizer();
        recognizer.OnEdge(new ButtonEdge(true, 0));
        var kinds = new List<GestureKind>();
        for (var i = 0; i < 10 && recognizer.NextDeadlineNs is { } due; i++)
            foreach (var gesture in recognizer.OnTime(due, due < ButtonBench.Ns(600))) kinds.Add(gesture.Kind);
        Assert.Equal([Confirmed, HoldStarted, HoldEnded], kinds);
        Assert.Null(recognizer.NextDeadlineNs);
    }

    [Fact]
    public void OnTime_LevelSeenBeforeItsEdgeWasDelivered_TapStaysATap()
    {
        var recognizer = new GestureRecognizer();
        recognizer.OnEdge(new ButtonEdge(true, 0));
        recognizer.OnTime(ButtonBench.Ns(30), true);
        Assert.Equal(0, recognizer.OnTime(ButtonBench.Ns(350), false).Length);
        recognizer.OnEdge(new ButtonEdge(false, ButtonBench.Ns(349)));
        var told = recognizer.OnTime(recognizer.NextDeadlineNs!.Value, false);
        Assert.Equal(new Gesture(Tap, ButtonBench.Ns(349)), told[0]);
    }

    [Theory]
    [InlineData(0, 0f)]
    [InlineData(3000, 0f)]
    [InlineData(9000, 0.5f)]
    [InlineData(15000, 1f)]
    [InlineData(99000, 1f)]
    public void ResetFraction_OfHeldTime_FillsFromThreeToFifteenSeconds(double heldMs, float expected) =>
        Assert.Equal(expected, ButtonTiming.ResetFraction(ButtonBench.Ns(heldMs)), 3);

    private static ButtonBench FiveTaps()
    {
        var bench = new ButtonBench();
        for (var i = 0; i < 5; i++) bench.Press(100 + 200 * i, 200 + 200 * i);
        return bench;
    }

    private static ButtonBench Play(ButtonBench bench, string line)
    {
        foreach (var edge in line.Split(' '))
            bench.Edge(double.Parse(edge[..^1], System.Globalization.CultureInfo.InvariantCulture), edge[^1] == '+');
        return bench;
    }
}

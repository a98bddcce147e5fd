using EdgeVoice.Core.Button;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using static EdgeVoice.Core.Button.GestureKind;

namespace EdgeVoice.Tests.Button;

public sealed class GestureBounceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void RandomWalk_OfBouncingPresses_TellsEachPressOnceAndNoOther(int seed)
    {
        var random = new Random(seed);
        var bench = new ButtonBench { Lateness = () => Lateness(random) };
        var expected = new List<Gesture>();
        var at = 1000.0;
        for (var i = 0; i < 2500; i++)
        {
            at += 260 + random.NextDouble() * 500; // No rows here.
            var held = random.Next(2) == 0 ? 61 + random.NextDouble() * 289 : 380 + random.NextDouble() * 2000;
            expected.Add(new Gesture(Down, ButtonBench.Ns(at)));
            Bounce(bench, random, at, true);
            if (held > 350) expected.Add(new Gesture(HoldStarted, ButtonBench.Ns(at)));
            at += held;
            expected.Add(new Gesture(held > 350 ? HoldEnded : Tap, ButtonBench.Ns(at)));
            Bounce(bench, random, at, false);
            at += 61;
        }

        bench.Run(at + 1000);
        Assert.Equal(expected, bench.Told);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void RandomWalk_OfBouncingRowsAndSpikes_TellsEachRowForWhatItIs(int seed)
    {
        var random = new Random(seed);
        var bench = new ButtonBench { Lateness = () => Lateness(random) };
        var expected = new List<Gesture>();
        var at = 1000.0;
        for (var i = 0; i < 1000; i++)
        {
            at += 520 + random.NextDouble() * 500;
            if (random.Next(4) == 0) Spike(bench, random, expected, ref at);
            Row(bench, random, expected, 1 + random.Next(6), ref at);
        }

        bench.Run(at + 1000);
        Assert.Equal(expected, bench.Told);
    }

    [Fact]
    public void RandomWalk_OfAnyEdges_EveryDownIsAnsweredOnce()
    {
        var random = new Random(7);
        var bench = new ButtonBench { Lateness = () => Lateness(random) };
        var at = 0.0;
        for (var i = 0; i < 20_000; i++)
        {
            at += Math.Pow(random.NextDouble(), 4) * 600;
            bench.Edge(at, random.Next(2) == 0);
        }

        bench.Edge(at + 1, false).Run(at + 5000);
        var isOpen = false;
        var isHeld = false;
        foreach (var gesture in bench.Told)
        {
            switch (gesture.Kind)
            {
                case Down:
                    Assert.False(isOpen || isHeld);
                    isOpen = true;
                    break;
                case HoldStarted:
                    Assert.True(isOpen);
                    (isOpen, isHeld) = (false, true);
                    break;
                case HoldEnded:
                    Assert.True(isHeld);
                    isHeld = false;
                    break;
                case Tap or DoubleTap or Ignored or Glitch:
                    Assert.True(isOpen);
                    isOpen = false;
                    break;
            }
        }

        Assert.False(isOpen || isHeld);
        Assert.True(bench.Told.Count > 1000);
    }

    [Fact]
    public void OnEdgeAndOnTime_OverManyPresses_AllocateNothing()
    {
        var recognizer = new GestureRecognizer();
        Presses(recognizer, 0);
        var before = ThreadAllocations.Mark();
        for (var i = 1; i < 1000; i++) Presses(recognizer, i * 10_000_000_000L);
        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    // Taps less than 250 ms apart, all of them shorter than a hold.
    private static void Row(ButtonBench bench, Random random, List<Gesture> expected, int taps, ref double at)
    {
        for (var tap = 1; tap <= taps; tap++)
        {
            if (tap > 1) at += 61 + random.NextDouble() * 180;
            expected.Add(new Gesture(Down, ButtonBench.Ns(at)));
            Bounce(bench, random, at, true);
            at += 61 + random.NextDouble() * 280;
            expected.Add(new Gesture(tap == 1 ? Tap : tap == 2 ? DoubleTap : Ignored, ButtonBench.Ns(at)));
            Bounce(bench, random, at, false);
        }

        if (taps == 3) expected.Add(new Gesture(TripleTap, ButtonBench.Ns(at)));
    }

    // Something in the wire: down and up again within 20 ms.
    private static void Spike(ButtonBench bench, Random random, List<Gesture> expected, ref double at)
    {
        expected.Add(new Gesture(Down, ButtonBench.Ns(at)));
        expected.Add(new Gesture(Glitch, ButtonBench.Ns(at)));
        bench.Edge(at, true).Edge(at + 0.01 + random.NextDouble() * 20, false);
        at += 520 + random.NextDouble() * 100;
    }

    private static void Presses(GestureRecognizer recognizer, long atNs)
    {
        for (var i = 0; i < 3; i++)
        {
            recognizer.OnEdge(new ButtonEdge(true, atNs));
            while (recognizer.NextDeadlineNs < atNs + ButtonBench.Ns(100)) recognizer.OnTime(recognizer.NextDeadlineNs.Value, true);
            recognizer.OnEdge(new ButtonEdge(false, atNs + ButtonBench.Ns(100)));
            while (recognizer.NextDeadlineNs is { } due && due < atNs + ButtonBench.Ns(200)) recognizer.OnTime(due, false);
            atNs += ButtonBench.Ns(200);
        }
    }

    /// <summary>Mostly prompt, at times late by a scheduler's whim, at times not before the next edge.</summary>
    private static long Lateness(Random random) => random.Next(10) switch
    {
        0 => long.MaxValue,
        < 4 => random.Next(3_000_000),
        _ => random.Next(100_000),
    };

    /// <summary>An edge followed by up to twelve changes within 30 ms, ending at the level it began with.</summary>
    private static void Bounce(ButtonBench bench, Random random, double at, bool down)
    {
        bench.Edge(at, down);
        var times = Enumerable.Range(0, 2 * random.Next(7)).Select(_ => at + 0.01 + random.NextDouble() * 29.9).Order();
        var level = down;
        foreach (var time in times) bench.Edge(time, level = !level);
    }
}

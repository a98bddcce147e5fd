using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Tests.Led;

/// <summary>Random walks through scenes: what must hold of every picture.</summary>
public sealed class LedWalkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(64)]
    public void Render_OfAnyScene_KeepsMuteLitAndTheCurrentUnderItsCap(int count)
    {
        var random = new Random(count);
        var pixels = new Rgb[count];
        var animation = default(LedAnimation);
        var now = 1_000_000_000L;
        for (var i = 0; i < 5000; i++)
        {
            now += random.Next(30) * 1_000_000L;
            var scene = AnyScene(random, now);
            animation = animation.Advance(scene, now);
            LedRenderer.Render(scene, animation, now, pixels);
            if (scene.Style!.CurrentCapMa > 0)
                Assert.True(LedRenderer.CurrentMa(pixels) <= Math.Max(scene.Style.CurrentCapMa, LedStyle.MinCurrentMa));
            if (!scene.Muted) continue;
            for (var p = 0; p < count; p++)
                if (LedRenderer.IsMutePixel(p, count)) Assert.True(pixels[p] is { R: > 0, G: 0, B: 0 }, $"{scene}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Advance_ThroughAnyTurns_MovesTheCometsOneStepAtMost(int seed)
    {
        var random = new Random(seed);
        var animation = default(LedAnimation);
        var now = 1_000_000_000L;
        for (var i = 0; i < 20_000; i++)
        {
            var before = animation;
            now += random.Next(50) == 0 ? random.NextInt64(20_000_000_000) : random.Next(40) * 1_000_000L;
            animation = animation.Advance(new LedScene { Turn = (TurnLook)random.Next(5), Link = (LinkLook)random.Next(4) }, now);
            Assert.InRange(animation.Index - before.Index, -1, 1);
            if (before.Look is not (Look.Woken or Look.Listening or Look.Speaking)) Assert.Equal(before.Position, animation.Position);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(64)]
    public void EveryMovingLook_OnAnyCount_IsSeenToMove(int count)
    {
        foreach (var scene in MovingScenes())
        {
            var frames = new HashSet<string>();
            var isLit = false;
            var animation = default(LedAnimation);
            var pixels = new Rgb[count];
            for (var now = 1_000_000_000L; now < 5_000_000_000; now += LedTiming.FrameNs)
            {
                animation = animation.Advance(scene, now);
                LedRenderer.Render(scene, animation, now, pixels);
                frames.Add(string.Join(' ', pixels));
                isLit |= pixels.Any(p => p != default);
            }

            Assert.True(isLit && frames.Count >= 2, $"{Looks.Select(scene, 1_000_000_000)} on {count}: {frames.Count} frames");
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Advance_ThroughAnyOverlays_NeverJumpsAndGoesOnWhereItStood(int seed)
    {
        var random = new Random(seed);
        var animation = default(LedAnimation);
        var now = 1_000_000_000L;
        for (var i = 0; i < 20_000; i++)
        {
            var before = animation;
            now += random.Next(100) == 0 ? random.NextInt64(20_000_000_000) : random.Next(40) * 1_000_000L;
            var scene = AnyScene(random, now);
            animation = animation.Advance(scene, now);
            Assert.InRange(animation.Index - before.Index, -1, 1);
            // Under an overlay the comets stand still, so that they go on from there when it is gone.
            if (Looks.StepNs(before.Look) == 0) Assert.Equal(before.Position, animation.Position);
        }
    }

    [Fact]
    public void Render_Comets_OnAnyCount_AreTwoOppositeOnesOfThreePixels()
    {
        for (var count = 2; count <= 64; count++)
        {
            var scene = new LedScene { Link = LinkLook.Connected, Turn = TurnLook.Woken };
            var animation = default(LedAnimation);
            var pixels = new Rgb[count];
            for (var now = 1_000_000_000L; now < 10_000_000_000; now += 4 * LedTiming.FrameNs)
            {
                animation = animation.Advance(scene, now);
                LedRenderer.Render(scene, animation, now, pixels);
                var lit = pixels.Count(p => p != default);
                Assert.Equal(count >= 6 ? 6 : Math.Min(3, count - 1), lit);
                var most = pixels.Max(p => p.B);
                var heads = Enumerable.Range(0, count).Where(i => pixels[i].B == most).ToArray();
                Assert.Equal(count >= 6 ? 2 : 1, heads.Length);
                if (count >= 6) Assert.InRange(heads[1] - heads[0], count / 2, count - count / 2);
            }
        }
    }

    [Fact]
    public void Render_Arcs_OnAnyCount_AreEmptyHalfAndFull()
    {
        for (var count = 1; count <= 64; count++)
        {
            Assert.Equal(1, Lit(new() { ResetFraction = 0 }, count));
            Assert.InRange(Lit(new() { ResetFraction = 0.5f }, count), count / 2, count / 2 + 1);
            Assert.Equal(count, Lit(new() { ResetFraction = 1 }, count));
            Assert.Equal(count, Lit(new() { ButtonHeld = true }, count));
        }
    }

    private static int Lit(in LedScene scene, int count)
    {
        var pixels = new Rgb[count];
        LedRenderer.Render(scene, default, 1_000_000_000, pixels);
        return pixels.Count(p => p != default);
    }

    private static IEnumerable<LedScene> MovingScenes()
    {
        var connected = new LedScene { Link = LinkLook.Connected };
        foreach (var turn in new[] { TurnLook.Woken, TurnLook.Listening, TurnLook.Thinking, TurnLook.Speaking })
            yield return connected with { Turn = turn };
        yield return connected with { Link = LinkLook.Connecting };
        yield return connected with { Link = LinkLook.NoConnection };
        yield return connected with { TimerRinging = true };
        yield return connected with { ErrorSinceNs = 1_000_000_000, ErrorBlinks = 2 };
        yield return connected with { InterruptedSinceNs = 1_000_000_000 };
    }

    private static LedScene AnyScene(Random random, long now)
    {
        long? sometimes() => random.Next(8) == 0 ? now - random.NextInt64(1_500_000_000) : null;
        return new LedScene
        {
            StoppingSinceNs = sometimes(),
            ResetFraction = random.Next(8) == 0 ? random.NextSingle() * 2 - 0.5f : null,
            ButtonHeld = random.Next(8) == 0,
            VolumeFraction = random.NextSingle(),
            VolumeChangedNs = sometimes(),
            TimerRinging = random.Next(8) == 0,
            TimerFraction = random.Next(8) == 0 ? float.NaN : null,
            ErrorSinceNs = sometimes(),
            ErrorBlinks = random.Next(-2, 30),
            InterruptedSinceNs = sometimes(),
            Turn = (TurnLook)random.Next(5),
            Link = (LinkLook)random.Next(4),
            Muted = random.Next(2) == 0,
            MutedPressNs = sometimes(),
            Level = random.NextSingle(),
            Style = new LedStyle
            {
                Color = new Rgb(255, 255, 255),
                Brightness = random.NextSingle() * 1.2f,
                NightCap = random.Next(2) == 0 ? random.NextSingle() * 0.2f : null,
                CurrentCapMa = random.Next(3) * random.Next(300),
                IdleGlow = random.Next(2) == 0,
            },
        };
    }
}

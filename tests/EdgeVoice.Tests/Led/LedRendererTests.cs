using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Tests.Led;

public sealed class LedRendererTests
{
    private const long Now = 50_000_000_000;
    private static readonly LedStyle Plain = new() { Brightness = 1, Color = new Rgb(0, 0, 255) };

    [Theory]
    [InlineData(TurnLook.Woken, 0, "8.....8.....")] // place of the heads after so many ms, clockwise
    [InlineData(TurnLook.Woken, 99, "8.....8.....")]
    [InlineData(TurnLook.Woken, 100, ".8.....8....")]
    [InlineData(TurnLook.Woken, 350, "...8.....8..")]
    [InlineData(TurnLook.Listening, 50, ".8.....8....")]
    [InlineData(TurnLook.Listening, 600, "8.....8.....")]
    [InlineData(TurnLook.Speaking, 50, ".....8.....8")]
    [InlineData(TurnLook.Speaking, 150, "...8.....8..")]
    [InlineData(TurnLook.Thinking, 5000, "8.....8.....")]
    public void Comets_AfterATime_StandWhereTheTableSays(TurnLook turn, int afterMs, string heads)
    {
        var frame = Frame(Scene(turn) with { Level = 1 }, afterMs);
        Assert.Equal(heads, new string([.. frame.Select(p => p.B == 255 ? '8' : '.')]));
    }

    [Fact]
    public void Comets_Clockwise_TrailTheirTailsBehind()
    {
        var frame = Frame(Scene(TurnLook.Woken), 500);
        var expected = new[] { 1f, 0, 0, 0.5f, 0.75f, 1, 0, 0, 0, 0.5f, 0.75f, 1 };
        expected[0] = 0;
        Assert.Equal(expected.Select(Linear), frame.Select(p => (int)p.B));
    }

    [Fact]
    public void Comets_Anticlockwise_TrailTheirTailsBehind()
    {
        var frame = Frame(Scene(TurnLook.Speaking), 50);
        Assert.Equal(new[] { 0.5f * 1.5f, 0.5f, 0, 0, 0, 1, 0.75f, 0.5f, 0, 0, 0, 1 }.Select(Linear), frame.Select(p => (int)p.B));
    }

    [Theory]
    [InlineData(LinkLook.Connected, false)]
    [InlineData(LinkLook.NoConnection, true)]
    [InlineData(LinkLook.Connecting, true)]
    public void Listening_WhileNotConnected_IsAmber(LinkLook link, bool amber)
    {
        foreach (var turn in new[] { TurnLook.Woken, TurnLook.Listening })
            Assert.Equal(amber, Frame(Scene(turn) with { Link = link, Level = 1 }, 0).Any(p => p is { R: 255, B: 0 }));
    }

    [Fact]
    public void Listening_Louder_IsBrighter()
    {
        var heads = new[] { float.NaN, 0.5f, 1, 7 }.Select(l => Frame(Scene(TurnLook.Listening) with { Level = l }, 0)[0].B).ToArray();
        Assert.True(0 < heads[0] && heads[0] < heads[1] && heads[1] < heads[2] && heads[2] == heads[3]);
    }

    [Theory]
    [InlineData(0f, 0.15f, 0f)]
    [InlineData(0.25f, 1f, 0f)]
    [InlineData(0.5f, 1f, 0f)]
    [InlineData(1f, 1f, 1f)]
    public void Volume_Arc_FillsFromTheBottom(float fraction, float bottom, float beforeBottom)
    {
        var frame = Frame(Scene(TurnLook.Idle) with { VolumeFraction = fraction, VolumeChangedNs = Now }, 0);
        Assert.Equal(Linear(bottom), frame[6].B);
        Assert.Equal(Linear(beforeBottom), frame[5].B);
        Assert.Equal(Math.Max(1, (int)(12 * fraction)), frame.Count(p => p.B > 0));
    }

    [Fact]
    public void Error_AfterItsPulse_BlinksItsCount()
    {
        var scene = Scene(TurnLook.Idle) with { ErrorSinceNs = Now, ErrorBlinks = 5, Link = LinkLook.Connected };
        var blinks = 0;
        var wasLit = true;
        for (var ms = 1001; ms < 6000; ms += 10)
        {
            var isLit = Frame(scene, ms)[3].R > 0;
            if (isLit && !wasLit) blinks++;
            wasLit = isLit;
        }

        Assert.Equal(5, blinks);
    }

    [Fact]
    public void Interrupted_Blinks_DarkThenLit()
    {
        var scene = Scene(TurnLook.Listening) with { InterruptedSinceNs = Now };
        Assert.All(Frame(scene, 30), p => Assert.Equal(default, p));
        Assert.All(Frame(scene, 90), p => Assert.Equal(255, p.B));
    }

    [Fact]
    public void Stopping_FadesWhatShowedWithin300Ms()
    {
        var scene = Scene(TurnLook.Idle) with { ButtonHeld = true, StoppingSinceNs = Now };
        var fade = Enumerable.Range(0, 31).Select(i => (int)Frame(scene, 10 * i)[0].B).ToArray();
        Assert.Equal(255, fade[0]);
        Assert.InRange(fade[15], 40, 80); // half as the eye sees it
        Assert.Equal(0, fade[30]);
        Assert.Equal(fade.OrderDescending(), fade);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(12, 2)]
    [InlineData(64, 2)]
    public void Muted_OnAnyCount_LightsOppositeRedPixels(int count, int expected)
    {
        var frame = Frame(Scene(TurnLook.Idle) with { Muted = true }, 0, count);
        Assert.Equal(expected, frame.Count(p => p is { R: 255, G: 0, B: 0 }));
    }

    [Fact]
    public void Render_DefaultStyle_DrawsTheDefaultColourAt66Percent()
    {
        var frame = Frame(Scene(TurnLook.Idle) with { ButtonHeld = true, Style = null }, 0);
        Assert.Equal(Linear(0x18 / 255f * 0.66f), frame[0].R);
        Assert.Equal(Linear(0xBB / 255f * 0.66f), frame[0].G, 1.0);
        Assert.Equal(Linear(0xF2 / 255f * 0.66f), frame[0].B, 1.0);
    }

    [Fact]
    public void CurrentMa_OfTwelveWhitePixels_Is720() =>
        Assert.Equal(720, LedRenderer.CurrentMa(Enumerable.Repeat(new Rgb(255, 255, 255), 12).ToArray()), 1.0);

    [Fact]
    public void Render_AllTurnsAndLinks_AllocatesNothing()
    {
        var pixels = new Rgb[12];
        var animation = default(LedAnimation);
        for (var i = 0; i < 100; i++) Walk(i);
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 1000; i++) Walk(i);
        Assert.Equal(0, ThreadAllocations.Since(before));

        void Walk(int i)
        {
            var scene = new LedScene { Turn = (TurnLook)(i % 5), Link = (LinkLook)(i / 5 % 4), Muted = i % 2 == 0, Style = Plain };
            animation = animation.Advance(scene, Now + i * LedTiming.FrameNs);
            LedRenderer.Render(scene, animation, Now + i * LedTiming.FrameNs, pixels);
        }
    }

    private static LedScene Scene(TurnLook turn) => new() { Turn = turn, Link = LinkLook.Connected, Style = Plain };

    private static int Linear(float perceived) => (int)Math.Round(255 * Math.Pow(perceived, 2.2));

    /// <summary>The frame this long after the scene began, with the comets' head starting at the top.</summary>
    private static Rgb[] Frame(in LedScene scene, int afterMs, int count = 12)
    {
        var animation = new LedAnimation(0, false, Look.Idle, 0, Now).Advance(scene, Now);
        var end = Now + afterMs * 1_000_000L;
        for (var now = Now; now < end; now += 10_000_000) animation = animation.Advance(scene, Math.Min(end, now + 10_000_000));
        var pixels = new Rgb[count];
        LedRenderer.Render(scene, animation, end, pixels);
        return pixels;
    }
}

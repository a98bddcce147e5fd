using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Tests.Led;

public sealed class OnOffColorTests
{
    private const int Red = 1;
    private const int Green = 2;
    private const int Blue = 4;

    [Theory]
    [InlineData(LinkLook.Connected, TurnLook.Listening, Green | Blue)]
    [InlineData(LinkLook.NoConnection, TurnLook.Listening, Red | Green)] // amber
    [InlineData(LinkLook.Booting, TurnLook.Idle, Red | Green | Blue)] // warm white
    [InlineData(LinkLook.NoConnection, TurnLook.Idle, Red)]
    public void Of_EachLook_ShowsItsColourAndDarkness(LinkLook link, TurnLook turn, int expected)
    {
        var seen = Walk(new LedScene { Link = link, Turn = turn, Level = 1 });
        Assert.Equal(expected, seen.Max());
        Assert.True(seen.All(lamps => lamps == 0 || lamps == expected));
        Assert.Equal(link != LinkLook.Booting, seen.Contains(0));
    }

    [Fact]
    public void Of_ThePulses_Blink()
    {
        Assert.Contains(0, Walk(new LedScene { Link = LinkLook.Connected, TimerRinging = true }));
        Assert.Contains(0, Walk(new LedScene { Link = LinkLook.Connected, Turn = TurnLook.Thinking }));
        Assert.Contains(0, Walk(new LedScene { Link = LinkLook.Connected, ErrorSinceNs = Start }));
    }

    [Fact]
    public void Of_Muted_IsRedAlways() =>
        Assert.All(Walk(new LedScene { Link = LinkLook.Connected, Muted = true, MutedPressNs = Start, ButtonHeld = true }), lamps => Assert.Equal(Red, lamps));

    [Fact]
    public void Of_AnyColourThatTheConfigurationTakes_IsNeverRedAloneNorDark()
    {
        var random = new Random(1);
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var color = new Rgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            var options = new EdgeVoiceOptions
            {
                Realtime = new() { Url = "ws://127.0.0.1:9/" },
                Led = new() { Type = LedType.ThreeLines, Color = $"#{color.R:X2}{color.G:X2}{color.B:X2}" },
            };
            if (EdgeVoiceOptionsValidator.Validate(options).Count > 0) continue;
            taken++;
            Assert.False(OnOffColor.Of(LookColors.ToLight(color, 1)) is 0 or Red, options.Led.Color);
        }

        Assert.True(taken > 10_000, $"only {taken} colours were taken");
    }

    private const long Start = 1_000_000_000;

    private static List<int> Walk(LedScene scene)
    {
        scene = scene with { Style = LedStyle.Default with { Brightness = 1 } };
        var animation = default(LedAnimation);
        var pixel = new Rgb[1];
        List<int> seen = [];
        for (var now = Start; now < Start + 3_000_000_000; now += LedTiming.FrameNs)
        {
            animation = animation.Advance(scene, now);
            LedRenderer.Render(scene, animation, now, pixel);
            seen.Add(OnOffColor.Of(pixel[0]));
        }

        return seen;
    }
}

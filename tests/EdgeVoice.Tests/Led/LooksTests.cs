using EdgeVoice.Core.Led;

namespace EdgeVoice.Tests.Led;

public sealed class LooksTests
{
    private const long Now = 50_000_000_000;

    // Every row of the product's table, high to low: each scene asks for its own look and for all that stand below it.
    private static readonly (Look Look, Func<LedScene, LedScene> Add)[] HighToLow =
    [
        (Look.Stopping, s => s with { StoppingSinceNs = Now }),
        (Look.Reset, s => s with { ResetFraction = 0 }),
        (Look.ButtonHeld, s => s with { ButtonHeld = true }),
        (Look.Volume, s => s with { VolumeChangedNs = Now }),
        (Look.TimerRinging, s => s with { TimerRinging = true }),
        (Look.Error, s => s with { ErrorSinceNs = Now, ErrorBlinks = 3 }),
        (Look.Interrupted, s => s with { InterruptedSinceNs = Now }),
        (Look.Woken, s => s with { Turn = TurnLook.Woken }),
        (Look.Listening, s => s with { Turn = TurnLook.Listening }),
        (Look.Speaking, s => s with { Turn = TurnLook.Speaking }),
        (Look.Booting, s => s with { Turn = TurnLook.Thinking, Link = LinkLook.Booting }),
        (Look.Connecting, s => s with { Turn = TurnLook.Thinking, Link = LinkLook.Connecting }),
        (Look.NoConnection, s => s with { Turn = TurnLook.Thinking, Link = LinkLook.NoConnection }),
        (Look.Thinking, s => s with { Turn = TurnLook.Thinking, Link = LinkLook.Connected }),
        (Look.TimerRunning, s => s with { TimerFraction = 0.5f, Turn = TurnLook.Idle, Link = LinkLook.Connected }),
        (Look.Idle, s => s with { TimerFraction = null }),
    ];

    [Fact]
    public void Select_OfEveryRowOverAllBelow_FollowsTheTable()
    {
        var scene = new LedScene { TimerFraction = 0.5f };
        foreach (var (look, add) in HighToLow.Reverse())
        {
            scene = look == Look.Idle ? new LedScene { Link = LinkLook.Connected } : add(scene);
            Assert.Equal(look, Looks.Select(scene, Now));
            if (look == Look.Idle) scene = scene with { TimerFraction = 0.5f };
        }

        Assert.Equal(Enum.GetValues<Look>().Order(), HighToLow.Select(row => row.Look).Order());
    }

    [Theory]
    [InlineData(0, Look.Volume)]
    [InlineData(999, Look.Volume)]
    [InlineData(1000, Look.Idle)]
    public void Select_VolumeAfterItsLastChange_HidesAfterOneSecond(long afterMs, Look expected) =>
        Assert.Equal(expected, Looks.Select(new LedScene { Link = LinkLook.Connected, VolumeChangedNs = Now }, Now + afterMs * 1_000_000));

    [Theory]
    [InlineData(119, Look.Interrupted)]
    [InlineData(120, Look.Listening)]
    public void Select_AfterAnInterruption_Listens(long afterMs, Look expected) => Assert.Equal(
        expected,
        Looks.Select(new LedScene { Turn = TurnLook.Listening, InterruptedSinceNs = Now }, Now + afterMs * 1_000_000));

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(1, 1900)]
    [InlineData(4, 3400)]
    [InlineData(1000, 11_400)]
    public void Select_Error_LastsForItsPulseAndItsCount(int blinks, long lastsMs)
    {
        var scene = new LedScene { Link = LinkLook.NoConnection, ErrorSinceNs = Now, ErrorBlinks = blinks };
        Assert.Equal(Look.Error, Looks.Select(scene, Now + lastsMs * 1_000_000 - 1));
        Assert.Equal(Look.NoConnection, Looks.Select(scene, Now + lastsMs * 1_000_000));
    }
}

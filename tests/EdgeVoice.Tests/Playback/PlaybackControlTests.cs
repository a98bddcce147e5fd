using EdgeVoice.Core.Playback;

namespace EdgeVoice.Tests.Playback;

public class PlaybackControlTests
{
    [Fact]
    public void Orders_AtFirst_AreFullVolumeAndGoing()
    {
        var control = new PlaybackControl();
        Assert.Equal(new PlaybackOrders(0, false, 1f), control.Orders);
        Assert.Equal(default, control.Status);
    }

    [Fact]
    public void Flush_WhilePaused_CountsOnAndEndsThePause()
    {
        var control = new PlaybackControl();
        control.SetGain(0.25f);
        control.Pause();
        Assert.Equal(1, control.Flush());
        Assert.Equal(2, control.Flush());
        Assert.Equal((2, false), (control.Epoch, control.Orders.Paused));
        Assert.Equal(0.25f, control.Orders.Gain, 4);
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(2f, 1f)]
    [InlineData(0f, 0f)]
    [InlineData(-1f, 0f)]
    public void Gain_OutsideItsRange_IsClamped(float ordered, float expected)
    {
        var control = new PlaybackControl();
        control.SetGain(ordered);
        Assert.Equal(expected, control.Orders.Gain);
    }

    [Fact]
    public void Gain_ThatIsNoNumber_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlaybackControl().SetGain(float.NaN));

    [Fact]
    public void EveryChange_Always_Wakes()
    {
        var woken = 0;
        var control = new PlaybackControl();
        control.Attach(() => woken++);
        control.Pause();
        control.Resume();
        control.Flush();
        control.SetGain(0.5f);
        Assert.Equal(4, woken);
    }

    [Fact]
    public void Status_WhenTold_ComesBackWhole()
    {
        var control = new PlaybackControl();
        var status = new PlaybackStatus(PlaybackDeviceState.Missing, 192_000, 1920, 65_536);
        control.Tell(status);
        Assert.Equal(status, control.Status);
    }
}

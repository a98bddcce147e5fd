using EdgeVoice.Core.Button;
using EdgeVoice.Core.Devices;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Button;

public sealed class MuteSwitchTests
{
    private readonly ManualTime _time = new();
    private readonly List<bool> _told = [];
    private readonly Pin _pin = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void IsOn_AtStart_IsTheLevel(bool level)
    {
        _pin.IsDown = level;
        using var mute = new MuteSwitch(_pin, _told.Add, _time);
        Assert.Equal(level, mute.IsOn);
        Assert.Empty(_told);
    }

    [Fact]
    public void On_ActsAtTheFirstEdge_OffOnlyWhenSettled()
    {
        using var mute = Start();
        _pin.Edge(true);
        Assert.Equal([true], _told);
        _pin.Edge(false);
        _time.AdvanceMs(MuteSwitch.SettleMs - 1);
        Assert.True(mute.IsOn);
        _time.AdvanceMs(1);
        Assert.Equal([true, false], _told);
    }

    [Fact]
    public void Bounces_OfGoingOn_AreOneChange()
    {
        using var mute = Start();
        for (var i = 0; i < 9; i++)
        {
            _pin.Edge(i % 2 == 0);
            _time.AdvanceMs(3);
        }

        _time.AdvanceMs(1_000);
        Assert.Equal([true], _told);
    }

    [Fact]
    public void Bounces_OfGoingOff_AreOneChange()
    {
        _pin.IsDown = true;
        using var mute = Start();
        for (var i = 0; i < 9; i++)
        {
            _pin.Edge(i % 2 != 0);
            _time.AdvanceMs(3);
        }

        _time.AdvanceMs(1_000);
        Assert.Equal([false], _told);
    }

    [Fact]
    public void Start_MovedSinceItWasMade_IsTold()
    {
        var mute = new MuteSwitch(_pin, _told.Add, _time);
        _pin.IsDown = true;
        mute.Start();
        Assert.Equal([true], _told);
        mute.Dispose();
        Assert.True(_pin.Runs.Wait(TimeSpan.FromSeconds(20)));
        _pin.Edge(false);
        Assert.Equal(0, _time.ArmedTimers);
    }

    private MuteSwitch Start()
    {
        var mute = new MuteSwitch(_pin, _told.Add, _time);
        mute.Start();
        Assert.True(_pin.Runs.Wait(TimeSpan.FromSeconds(20)));
        return mute;
    }

    private sealed class Pin : IButtonPin
    {
        private Action<ButtonEdge>? _onEdge;

        public ManualResetEventSlim Runs { get; } = new();

        public bool IsDown { get; set; }

        public void Edge(bool down)
        {
            IsDown = down;
            _onEdge!(new ButtonEdge(down, 0));
        }

        public void Run(Action<ButtonEdge> onEdge, CancellationToken stop)
        {
            _onEdge = onEdge;
            Runs.Set();
        }

        public void Dispose()
        {
        }
    }
}

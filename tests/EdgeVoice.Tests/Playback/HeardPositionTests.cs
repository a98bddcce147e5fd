using EdgeVoice.Core.Playback;

namespace EdgeVoice.Tests.Playback;

public sealed class HeardPositionTests
{
    private const int Rate = 48_000;
    private readonly HeardPosition _position = new();
    private readonly Random _random = new(1);

    [Fact]
    public void ExactCard_IsTakenToTheFrame()
    {
        _position.Begin(1000, 0, Rate);
        for (var ms = 1; ms < 500; ms++) Assert.Equal(1000 + ms * 48, _position.Read(1000 + ms * 48, ms * 1_000_000L, false));
    }

    [Fact]
    public void JitteringCard_StaysWithinHalfAMillisecond()
    {
        _position.Begin(0, 0, Rate);
        for (var ms = 5; ms < 5_000; ms += 10)
        {
            var jitter = _random.Next(-72, 73);
            var read = _position.Read(ms * 48 + jitter, ms * 1_000_000L, false);
            if (ms > 300) Assert.InRange(read - ms * 48, -30, 30);
        }
    }

    [Fact]
    public void CardInSteps_MovesEvenly()
    {
        // Positions of whole transfers of 2 ms, asked for at odd moments.
        _position.Begin(0, 0, Rate);
        double ms = 0;
        for (var i = 0; i < 500; i++)
        {
            ms += 3 + _random.NextDouble() * 8;
            var read = _position.Read((long)(ms / 2) * 96, (long)(ms * 1e6), false);
            if (i > 50) Assert.InRange(ms * 48 - read, 10, 90);
        }
    }

    [Fact]
    public void CardThatHangs_IsBelievedWithinMilliseconds()
    {
        _position.Begin(0, 0, Rate);
        for (var ms = 10; ms <= 100; ms += 10) _position.Read(ms * 48, ms * 1_000_000L, false);
        var read = 0L;
        for (var ms = 110; ms <= 200; ms += 10) read = _position.Read(4_800, ms * 1_000_000L, false);
        Assert.Equal(4_800, read);
    }

    [Fact]
    public void AtItsEnd_TheReadingIsTheTruth()
    {
        _position.Begin(0, 0, Rate);
        for (var ms = 10; ms <= 400; ms += 10) _position.Read(ms * 48 + _random.Next(-60, 60), ms * 1_000_000L, false);
        Assert.Equal(19_100, _position.Read(19_100, 401_000_000, true));
    }

    [Fact]
    public void OtherClock_IsFollowed()
    {
        _position.Begin(0, 0, Rate);
        for (var ms = 10; ms <= 60_000; ms += 10)
        {
            var truth = (long)(ms * 48 * 1.0002);
            Assert.InRange(_position.Read(truth + _random.Next(-24, 25), ms * 1_000_000L, false) - truth, -40, 40);
        }
    }
}

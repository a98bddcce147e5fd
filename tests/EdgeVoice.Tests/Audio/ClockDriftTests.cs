using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public sealed class ClockDriftTests
{
    private const int Rate = 48_000;
    private readonly ClockDrift _drift = new();
    private readonly Random _random = new(1);
    private double _seconds;

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(-200)]
    public void SteadyClock_IsFoundExactly(double ppm)
    {
        Run(30, ppm, jitterMs: 0);
        Assert.Equal(ppm, _drift.Ppm, 0.5);
    }

    [Fact]
    public void JitteringPositions_AreAveraged()
    {
        Run(30, 100, jitterMs: 1);
        Assert.InRange(_drift.Ppm, 80, 120);
    }

    [Fact]
    public void FewSeconds_SayNothing()
    {
        Run(7, 100, 0);
        Assert.True(double.IsNaN(_drift.Ppm));
    }

    [Fact]
    public void ShortStretches_AddUp()
    {
        for (var i = 0; i < 8; i++)
        {
            Run(4, 100, 0);
            _drift.Break();
            // The card's frames begin anew, as a reopened one's do.
            _seconds += 10;
        }

        Assert.Equal(100, _drift.Ppm, 0.5);
    }

    [Fact]
    public void ClockThatChanges_IsFollowed()
    {
        Run(60, 100, 0);
        Run(90, -50, 0);
        Assert.InRange(_drift.Ppm, -55, -20);
    }

    private void Run(double seconds, double ppm, double jitterMs)
    {
        var start = _seconds;
        for (var i = 0; i < seconds * 100; i++)
        {
            _seconds += 0.01;
            var frame = start * Rate + (_seconds - start) * Rate * (1 + ppm / 1e6) + (_random.NextDouble() - 0.5) * 2 * jitterMs * Rate / 1000;
            _drift.Add((long)Math.Round(frame), (long)(_seconds * 1e9), Rate);
        }

        _drift.Break();
    }
}

using EdgeVoice.Core.Realtime;

namespace EdgeVoice.Tests.Realtime;

public sealed class RetryDelayTests
{
    private static readonly LinkFailure Away = new("away", IsFatal: false);

    [Fact]
    public void Limit_DoublesFromAQuarterSecondToHalfAMinute()
    {
        var retry = new RetryDelay(new Fixed(1));
        double[] ms = [.. Enumerable.Range(0, 10).Select(_ => Next(retry))];
        Assert.Equal([250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000], ms);
    }

    [Fact]
    public void Pause_IsAnythingUpToTheLimit()
    {
        var retry = new RetryDelay(new Random(7));
        for (var i = 0; i < 20; i++) Next(retry);
        double[] ms = [.. Enumerable.Range(0, 1_000).Select(_ => Next(retry))];
        Assert.InRange(ms.Min(), 0, 500);
        Assert.InRange(ms.Max(), 29_500, 30_000);
        Assert.InRange(ms.Average(), 14_000, 16_000);
    }

    [Fact]
    public void SomebodyWaits_ASecondAtMost_AndTheLimitGrowsOn()
    {
        var retry = new RetryDelay(new Fixed(1));
        double[] ms = [.. Enumerable.Range(0, 6).Select(_ => Next(retry, isWaitedFor: true))];
        Assert.Equal([250, 500, 1_000, 1_000, 1_000, 1_000], ms);
        Assert.Equal(16_000, Next(retry));
    }

    [Theory]
    [InlineData(9.9, 1_000)]
    [InlineData(10, 250)]
    public void Connection_ResetsTheLimitOnlyWhenItLasted(double seconds, double expected)
    {
        var retry = new RetryDelay(new Fixed(1));
        Next(retry);
        Next(retry);
        Assert.Equal(expected, retry.Next(Away, TimeSpan.FromSeconds(seconds), false)!.Value.TotalMilliseconds);
    }

    [Fact]
    public void Refusal_HasNoEnd() => Assert.Null(new RetryDelay(new Fixed(1)).Next(Away with { IsFatal = true }, TimeSpan.Zero, true));

    [Theory]
    [InlineData(20, 20_250)]
    [InlineData(86_400, 3_600_250)]
    public void ServersWish_IsFollowedForAnHour_WithTheJitterOnTop(double seconds, double expectedMs)
    {
        var busy = Away with { RetryAfter = TimeSpan.FromSeconds(seconds) };
        Assert.Equal(expectedMs, new RetryDelay(new Fixed(1)).Next(busy, TimeSpan.Zero, isWaitedFor: true)!.Value.TotalMilliseconds);
    }

    private static double Next(RetryDelay retry, bool isWaitedFor = false) => retry.Next(Away, TimeSpan.Zero, isWaitedFor)!.Value.TotalMilliseconds;

    private sealed class Fixed(double share) : Random
    {
        public override double NextDouble() => share;
    }
}

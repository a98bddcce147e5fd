using EdgeVoice.Benchmarks.VirtualSoak;
using EdgeVoice.IntegrationTests.Device;

namespace EdgeVoice.IntegrationTests.Soak;

/// <summary>A little of what the benchmarks' command <c>soak --virtual</c> does for a day.</summary>
[Collection(WholeDevice.Name)]
public sealed class VirtualSoakTests
{
    [Fact]
    [Trait("Time", "long")]
    public async Task TwoHours_TwentyTurnsWithFaults_EachIsAnsweredOrItsLossTold()
    {
        var output = new StringWriter();
        Assert.True(await VirtualSoakCommand.RunAsync(hours: 2, turns: 20, seed: 1, output), output.ToString());
    }

    [Fact]
    public void Jump_TimersOnTheWay_FireInOrderAndThoseBeyondDoNot()
    {
        var time = new WarpTime();
        var fired = new List<string>();
        using var late = time.CreateTimer(_ => fired.Add("late"), null, TimeSpan.FromMinutes(50), Timeout.InfiniteTimeSpan);
        using var early = time.CreateTimer(_ => fired.Add("early"), null, TimeSpan.FromMinutes(10), Timeout.InfiniteTimeSpan);
        using var beyond = time.CreateTimer(_ => fired.Add("beyond"), null, TimeSpan.FromMinutes(70), Timeout.InfiniteTimeSpan);
        using var stopped = time.CreateTimer(_ => fired.Add("stopped"), null, TimeSpan.FromMinutes(20), Timeout.InfiniteTimeSpan);
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var (began, utc) = (time.GetTimestamp(), time.GetUtcNow());
        time.Jump(TimeSpan.FromHours(1));
        Assert.Equal(["early", "late"], fired);
        Assert.InRange(time.GetElapsedTime(began).TotalMinutes, 60, 61);
        Assert.InRange((time.GetUtcNow() - utc).TotalMinutes, 60, 61);
        Assert.Equal(1, time.ArmedTimers);
    }
}

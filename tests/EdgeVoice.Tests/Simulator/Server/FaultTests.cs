using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Tests.Simulator.Server;

public sealed class FaultTests
{
    [Theory]
    [InlineData("refuse", FaultMode.Refuse, 1, 0)]
    [InlineData("close=1001:2", FaultMode.Close, 2, 1001)]
    [InlineData("close", FaultMode.Close, 1, 1011)]
    [InlineData("http=429", FaultMode.Http, 1, 429)]
    [InlineData("http:3", FaultMode.Http, 3, 503)]
    [InlineData("drop-after-append=5", FaultMode.DropAfterAppend, 1, 5)]
    [InlineData("slow-answer=750:2", FaultMode.SlowAnswer, 2, 750)]
    [InlineData("half-open", FaultMode.HalfOpen, 1, 0)]
    [InlineData("stall-reading=500", FaultMode.StallReading, 1, 500)]
    [InlineData("late-deltas", FaultMode.LateDeltas, 1, 5)]
    [InlineData("half-json:1000000", FaultMode.HalfJson, 1_000_000, 0)]
    public void TryParse_AFault_GivesModeCountAndDetail(string text, FaultMode mode, int count, int detail)
    {
        Assert.True(Fault.TryParse(text, out var fault, out _));
        Assert.Equal((mode, count, detail), (fault.Mode, fault.Count, fault.EffectiveDetail));
    }

    [Theory]
    [InlineData("explode", "unknown fault 'explode'; allowed: refuse, http, html")]
    [InlineData("", "unknown fault ''")]
    [InlineData("refuse:0", "the count after ':'")]
    [InlineData("refuse:-1", "the count after ':'")]
    [InlineData("refuse:", "the count after ':'")]
    [InlineData("refuse:two", "the count after ':'")]
    [InlineData("refuse=3", "takes no '='")]
    [InlineData("http=200", "must be 400 to 599")]
    [InlineData("http=", "must be 400 to 599")]
    [InlineData("close=999", "must be 1000 to 4999")]
    [InlineData("close=1006", "may not be sent")]
    [InlineData("drop-after-append=0", "must be 1 to")]
    public void TryParse_NoFault_SaysWhatIsAllowed(string text, string expected)
    {
        Assert.False(Fault.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public void Names_EveryMode_CanBeParsed()
    {
        var modes = Fault.Names.Select(name => Fault.TryParse(name, out var fault, out _) ? fault.Mode : (FaultMode?)null).ToList();
        Assert.Equal(Enum.GetValues<FaultMode>().Cast<FaultMode?>(), modes);
    }

    [Fact]
    public void Plan_FaultOfTwo_IsTakenTwice()
    {
        var plan = new FaultPlan();
        plan.Arm(new Fault(FaultMode.Close, 2, 4000));
        Assert.False(plan.TryTake(FaultMode.Refuse));
        Assert.True(plan.TryTake(FaultMode.Close, out var code));
        Assert.Equal(4000, code);
        Assert.True(plan.TryTake(FaultMode.Close));
        Assert.False(plan.TryTake(FaultMode.Close));
    }
}

using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime;

public sealed class SessionClockTests
{
    private const long Now = 1_790_000_000;

    [Theory]
    [InlineData(null, 0, 0, null)]
    [InlineData(0L, 0, 0, null)]
    // By the server's clock, whatever ours says.
    [InlineData(3_600L, 0, -1_700_000_000, 3_600.0)]
    [InlineData(30L, 0, 0, 30.0)]
    [InlineData(3_600L, 10, 0, 3_590.0)]
    // By ours where it tells none, as long as that can be.
    [InlineData(3_600L, null, 0, 3_600.0)]
    [InlineData(3_600L, null, 3_000, 600.0)]
    [InlineData(3_600L, null, 3_590, 3_600.0)]
    [InlineData(3_600L, null, 5_000, 3_600.0)]
    [InlineData(3_600L, null, -1_700_000_000, 3_600.0)]
    // A nonsense of the server's.
    [InlineData(-5L, 0, 0, 3_600.0)]
    [InlineData(long.MaxValue - Now, 0, 0, 3_600.0)]
    public void From_AnyClocks_IsWhatCanBeBelieved(long? expiresIn, int? serverOff, int deviceOff, double? seconds)
    {
        var expires = expiresIn is null or 0 ? expiresIn : Now + expiresIn;
        DateTimeOffset? server = serverOff is { } off ? DateTimeOffset.FromUnixTimeSeconds(Now + off) : null;
        var clock = SessionClock.From(expires, server, DateTimeOffset.FromUnixTimeSeconds(Now + deviceOff));
        Assert.Equal(seconds, clock.Lifetime?.TotalSeconds);
    }

    [Theory]
    [InlineData(0, HandoverMoment.Quiet, 50)]
    [InlineData(49, HandoverMoment.Quiet, 1)]
    [InlineData(50, HandoverMoment.Quiet, 0)]
    [InlineData(54.9, HandoverMoment.Quiet, 0)]
    [InlineData(55, HandoverMoment.AfterAnswer, 0)]
    [InlineData(58.9, HandoverMoment.AfterAnswer, 0)]
    [InlineData(59, HandoverMoment.Now, 0)]
    [InlineData(61, HandoverMoment.Now, 0)]
    public void SixtyMinutes_AreExchangedByThePlan(double minutes, HandoverMoment moment, int untilQuiet)
    {
        var (clock, age) = (new SessionClock(TimeSpan.FromMinutes(60)), TimeSpan.FromMinutes(minutes));
        Assert.Equal(moment, clock.MomentAt(age));
        Assert.Equal(TimeSpan.FromMinutes(untilQuiet), clock.UntilQuiet(age));
        Assert.Null(default(SessionClock).UntilQuiet(age));
    }
}

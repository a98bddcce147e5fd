using System.Globalization;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>The guest's wall clock, which jumps as a Pi's does at its first NTP answer. Disposing sets it right again.</summary>
internal sealed class WallClock : IAsyncDisposable
{
    private readonly Pi _pi;
    private TimeSpan _moved;

    private WallClock(Pi pi) => _pi = pi;

    /// <summary>Moves the clock; back when negative.</summary>
    public static async Task<WallClock> MoveAsync(Pi pi, TimeSpan by)
    {
        var clock = pi.Own(new WallClock(pi));
        await clock.SetAsync(by);
        return clock;
    }

    public async ValueTask DisposeAsync() => await SetAsync(-_moved);

    private async Task SetAsync(TimeSpan by)
    {
        var target = DateTimeOffset.UtcNow + by;
        _moved += by;
        await using var date = new ChildProcess(_pi, "date", ["-u", "-s", string.Create(CultureInfo.InvariantCulture, $"@{target.ToUnixTimeMilliseconds() / 1000.0:0.000}")]);
        await date.ExitAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
    }
}

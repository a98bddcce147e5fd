using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;
using EdgeVoice.Device;

namespace EdgeVoice.Tests.Device;

public sealed class StyleSourceTests
{
    private readonly DayClock _time = new();

    [Theory]
    [InlineData("22:00", "07:00", "21:59", false)]
    [InlineData("22:00", "07:00", "22:00", true)]
    [InlineData("22:00", "07:00", "03:00", true)]
    [InlineData("22:00", "07:00", "07:00", false)]
    [InlineData("13:00", "15:00", "14:00", true)]
    [InlineData("13:00", "15:00", "16:00", false)]
    public void Now_InQuietHours_HasTheirCap(string from, string to, string clock, bool isNight)
    {
        _time.Set(clock);
        var style = new StyleSource(new LedOptions { Night = new() { From = from, To = to, Brightness = 0.1 } }, _time).Now();
        Assert.Equal(isNight ? 0.1f : null, style.NightCap);
    }

    [Fact]
    public void Now_ClockJumpsOrHoursPass_FollowsWithinASecond()
    {
        _time.Set("12:00");
        var styles = new StyleSource(new LedOptions { Night = new() }, _time);
        Assert.Null(styles.Now().NightCap);
        _time.Set("23:00");
        _time.Ns += 1_000_000_000;
        Assert.Equal(0.2f, styles.Now().NightCap);
        _time.Set("07:30");
        _time.Ns += 1_000_000_000;
        Assert.Null(styles.Now().NightCap);
    }

    [Fact]
    public void Now_Options_AreTheStyle()
    {
        var style = new StyleSource(new LedOptions { Color = "#0a80Ff", Brightness = 0.3, CurrentLimitMa = 90, IdleGlow = true }, _time).Now();
        Assert.Equal(new LedStyle { Color = new Rgb(10, 128, 255), Brightness = 0.3f, CurrentCapMa = 90, IdleGlow = true }, style);
    }

    [Fact]
    public void Now_DefaultOptions_AreTheDefaultStyle() => Assert.Equal(LedStyle.Default, new StyleSource(new LedOptions(), _time).Now());

    [Fact]
    public void Now_OnThreeLines_IsNeverDimmed()
    {
        _time.Set("23:00");
        var style = new StyleSource(new LedOptions { Type = LedType.ThreeLines, Brightness = 0.1, Night = new(), CurrentLimitMa = 5 }, _time).Now();
        Assert.Equal((1f, null, 0), (style.Brightness, style.NightCap, style.CurrentCapMa));
    }

    [Fact]
    public void Now_AllNight_AllocatesNothing()
    {
        _time.Set("23:00");
        var styles = new StyleSource(new LedOptions { Night = new() }, _time);
        styles.Now();
        _time.Ns += 1_000_000_000;
        styles.Now();
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 100; i++)
        {
            _time.Ns += 1_000_000_000;
            styles.Now();
        }

        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    private sealed class DayClock : TimeProvider
    {
        private DateTimeOffset _now;

        public long Ns { get; set; } = 1_000_000_000;

        public override long TimestampFrequency => 1_000_000_000;

        // East of Greenwich, so that a clock read without its zone is seen.
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("five", TimeSpan.FromHours(5), "five", "five");

        public void Set(string clock) => _now = new DateTimeOffset(DateOnly.FromDayNumber(739_000), TimeOnly.Parse(clock, null), TimeSpan.FromHours(5)).ToUniversalTime();

        public override long GetTimestamp() => Ns;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}

using System.Globalization;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Device;

/// <summary>Colour, brightness and limits of the lights as configured, with quiet hours by the local clock.</summary>
/// <remarks><see cref="Now"/> belongs to one thread; it allocates nothing.</remarks>
internal sealed class StyleSource
{
    // The clock of the day is asked for once a second; it may jump (a Pi learns the time from the network), and is asked again then.
    private const long LookNs = 1_000_000_000;
    private readonly TimeProvider _time;
    private readonly QuietHours? _quiet;
    private readonly LedStyle _day;
    private readonly LedStyle _night;
    private LedStyle _now;
    private long _lookAtNs = long.MinValue;

    public StyleSource(LedOptions options, TimeProvider time)
    {
        _time = time;
        _day = Day(options);
        _night = _now = _day;
        // An LED that is on or off cannot be dimmer.
        if (options.Night is not { } night || options.Type == LedType.ThreeLines) return;
        _quiet = new QuietHours(TimeOf(night.From), TimeOf(night.To));
        _night = _day with { NightCap = (float)night.Brightness };
    }

    /// <summary>What is in force now.</summary>
    public LedStyle Now()
    {
        if (_quiet is not { } quiet) return _day;
        var now = _time.NowNs();
        if (now < _lookAtNs) return _now;
        _lookAtNs = now + LookNs;
        return _now = quiet.Contains(TimeOnly.FromTimeSpan(_time.GetLocalNow().TimeOfDay)) ? _night : _day;
    }

    private static LedStyle Day(LedOptions options)
    {
        var color = Convert.FromHexString(options.Color.AsSpan(1));
        var style = new LedStyle { Color = new Rgb(color[0], color[1], color[2]), IdleGlow = options.IdleGlow };
        return options.Type == LedType.ThreeLines
            ? style with { Brightness = 1, CurrentCapMa = 0 }
            : style with { Brightness = (float)options.Brightness, CurrentCapMa = options.CurrentLimitMa };
    }

    private static TimeOnly TimeOf(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}

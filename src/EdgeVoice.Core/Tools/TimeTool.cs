using System.Globalization;
using System.Text.Json;

namespace EdgeVoice.Core.Tools;

/// <summary><c>time</c>: date and time where the device is.</summary>
/// <param name="time">The clock and its zone.</param>
/// <param name="builtInYear">A clock that shows an earlier year has not been set: a Pi has no battery for it.</param>
public sealed class TimeTool(TimeProvider time, int builtInYear) : IDeviceTool
{
    /// <inheritdoc />
    public string Name => "time";

    /// <inheritdoc />
    public string Description => "Tells the present local date, weekday, time and UTC offset. Call it whenever the answer depends on them.";

    /// <inheritdoc />
    public JsonElement Parameters => ToolSchema.None;

    /// <inheritdoc />
    public Task<string> RunAsync(JsonElement arguments, CancellationToken stop)
    {
        if (ToolArguments.Unknown(arguments) is { } problem) return Task.FromResult(ToolText.Error(problem));
        var now = time.GetLocalNow();
        if (now.Year < builtInYear)
            return Task.FromResult(ToolText.Error("the clock of this device has not been set yet, so the time is not known; it is set once there is a network"));
        return Task.FromResult(ToolText.Object(json =>
        {
            json.WriteString("date", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("time", now.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
            json.WriteString("weekday", now.ToString("dddd", CultureInfo.InvariantCulture));
            json.WriteString("utc_offset", now.ToString("zzz", CultureInfo.InvariantCulture));
            json.WriteString("zone", time.LocalTimeZone.Id);
        }));
    }
}

using System.Globalization;
using System.Text.Json;

namespace EdgeVoice.Core.Tools;

/// <summary>The loudness of what is heard.</summary>
/// <remarks>Any thread.</remarks>
public interface IVolume
{
    /// <summary>0 (silence) to 100.</summary>
    int Percent { get; }

    /// <summary>Sets it at once, and shows it; 0 to 100.</summary>
    void Set(int percent);
}

/// <summary><c>volume</c>: sets the loudness, to a value or by a step.</summary>
public sealed class VolumeTool(IVolume volume) : IDeviceTool
{
    private const string Percent = "percent", Change = "change";

    /// <inheritdoc />
    public string Name => "volume";

    /// <inheritdoc />
    public string Description =>
        "Sets how loud this device speaks. Give either percent, or change for louder (positive, 10 is one step) or quieter (negative). Answers with the new percent.";

    /// <inheritdoc />
    public JsonElement Parameters { get; } = ToolSchema.Of("""
        {
          "type": "object",
          "properties": {
            "percent": { "type": "integer", "minimum": 0, "maximum": 100, "description": "The new volume; 0 is silence." },
            "change": { "type": "integer", "minimum": -100, "maximum": 100, "description": "Added to the present volume." }
          },
          "additionalProperties": false
        }
        """);

    /// <summary>A step depends on what was set before it.</summary>
    public bool IsSerial => true;

    /// <inheritdoc />
    public Task<string> RunAsync(JsonElement arguments, CancellationToken stop) => Task.FromResult(Run(arguments));

    private string Run(JsonElement arguments)
    {
        if (ToolArguments.Unknown(arguments, Percent, Change) is { } unknown) return Wrong(unknown);
        var percent = ToolArguments.Whole(arguments, Percent, 0, 100, out var problem);
        if (problem is not null) return Wrong(problem);
        var change = ToolArguments.Whole(arguments, Change, -100, 100, out problem);
        if (problem is not null) return Wrong(problem);
        if (percent is null == change is null)
            return Wrong($"{(percent is null ? "neither percent nor change was given" : "both percent and change were given")}; allowed: percent from 0 to 100, or change from -100 to 100");
        volume.Set(Math.Clamp(percent ?? volume.Percent + change!.Value, 0, 100));
        return ToolText.Object(json => json.WriteNumber(Percent, volume.Percent));
    }

    private string Wrong(string problem) =>
        ToolText.Error(string.Create(CultureInfo.InvariantCulture, $"{problem}; the volume stays at {volume.Percent} percent"));
}

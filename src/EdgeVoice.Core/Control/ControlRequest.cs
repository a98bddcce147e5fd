using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Control;

/// <summary>One line to a device: <c>{"v":1,"do":"press"}</c>. A field that is not named here is refused.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ControlRequest
{
    /// <summary>The version spoken here.</summary>
    public const int Version = 1;

    /// <summary>Longest <see cref="Text"/> in characters.</summary>
    public const int MaxTextLength = 4_096;

    /// <summary>Version of the protocol; 1.</summary>
    public int? V { get; set; }

    /// <summary>
    /// What to do: press, release, tap, double-tap, say, mute, unmute, volume, status, watch or reload.
    /// </summary>
    public string? Do { get; set; }

    /// <summary>Only with <c>say</c>, required: what to say, 1 to 4,096 characters.</summary>
    public string? Text { get; set; }

    /// <summary>Only with <c>volume</c>, required: 0 to 100.</summary>
    public int? Percent { get; set; }

    /// <summary>A request of this version; <paramref name="text"/> goes with <c>say</c>, <paramref name="percent"/> with <c>volume</c>.</summary>
    public static ControlRequest Of(string verb, string? text = null, int? percent = null) =>
        new() { V = Version, Do = verb, Text = text, Percent = percent };
}

using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Control;

/// <summary>One line to a device: <c>{"v":1,"do":"press"}</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ControlRequest
{
    /// <summary>The version spoken here.</summary>
    public const int Version = 1;

    /// <summary>Version of the protocol; 1.</summary>
    public int? V { get; set; }

    /// <summary>Longest <see cref="Text"/> in characters.</summary>
    public const int MaxTextLength = 4_096;

    /// <summary>What to do: press, release, tap, say, mute, unmute or status.</summary>
    public string? Do { get; set; }

    /// <summary>Only with <c>say</c>, required: what to say, 1 to 4,096 characters.</summary>
    public string? Text { get; set; }

    /// <summary>A request of this version; <paramref name="text"/> goes with <c>say</c>.</summary>
    public static ControlRequest Of(string verb, string? text = null) => new() { V = Version, Do = verb, Text = text };
}

/// <summary>One line from a device: <c>{"ok":true}</c> or <c>{"ok":false,"error":"one line"}</c>.</summary>
public sealed record ControlReply
{
    /// <summary>A reply that says only that it was done.</summary>
    public static readonly ControlReply Done = new() { Ok = true };

    /// <summary>True where it was done.</summary>
    public bool Ok { get; set; }

    /// <summary>Why it was not done, one line; null where it was.</summary>
    public string? Error { get; set; }

    /// <summary>The answer to <c>status</c>; null for everything else.</summary>
    public ControlStatus? Status { get; set; }

    /// <summary>A refusal.</summary>
    public static ControlReply Refused(string error) => new() { Error = error };
}

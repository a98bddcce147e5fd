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

    /// <summary>What to do: press, release, tap, mute, unmute or status.</summary>
    public string? Do { get; set; }

    /// <summary>A request of this version.</summary>
    public static ControlRequest Of(string verb) => new() { V = Version, Do = verb };
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

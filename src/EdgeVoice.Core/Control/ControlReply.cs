namespace EdgeVoice.Core.Control;

/// <summary>One line from a device: <c>{"ok":true}</c> or <c>{"ok":false,"error":"one line"}</c>.</summary>
public sealed record ControlReply
{
    /// <summary>A reply that says only that it was done.</summary>
    public static readonly ControlReply Done = new() { Ok = true };

    /// <summary>True where it was done.</summary>
    public bool Ok { get; set; }

    /// <summary>Why it was not done, one line; null where it was.</summary>
    public string? Error { get; set; }

    /// <summary>What came of <c>reload</c>, one line; null for everything else.</summary>
    public string? Text { get; set; }

    /// <summary>The answer to <c>status</c> and the first line of <c>watch</c>; null for everything else.</summary>
    public ControlStatus? Status { get; set; }

    /// <summary>A refusal.</summary>
    public static ControlReply Refused(string error) => new() { Error = error };
}

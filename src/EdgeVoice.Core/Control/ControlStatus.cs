using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Control;

/// <summary>What a device is doing, at one moment; the words are those of the four state machines.</summary>
/// <param name="Link">Connection to the server, such as "Ready" or "Offline".</param>
/// <param name="Conversation">"Closed" or "Open".</param>
/// <param name="Turn">Place in the turn, such as "Idle" or "Speaking".</param>
/// <param name="Mute">"Open" or "Muted".</param>
/// <param name="Mode">"push-to-talk" or "hands-free".</param>
/// <param name="Reconnects">Connections made after the first one was lost.</param>
/// <param name="Counters">Everything counted, by name: drops, xruns, unknown events.</param>
/// <param name="Text">One sentence for people: what is wrong, or that all is well.</param>
public sealed record ControlStatus(
    string Link,
    string Conversation,
    string Turn,
    string Mute,
    string Mode,
    long Reconnects,
    IReadOnlyDictionary<string, long> Counters,
    string Text)
{
    /// <summary>Figures of the sound path; null from a device that does not tell them.</summary>
    public AudioDiagnostics? Audio { get; init; }

    /// <summary>What the person said or typed last, 4,000 characters at most; null where there is no transcript.</summary>
    public string? Said { get; init; }

    /// <summary>What the model answered last, 4,000 characters at most; null before its first answer.</summary>
    public string? Answer { get; init; }

    /// <summary>The device's own name among others; null from a device that does not tell it.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The volume, 0 to 100; null from a device that does not tell it.</summary>
    public int? Volume { get; init; }

    /// <summary>The configuration in force; null from a device that does not tell it.</summary>
    public ControlConfiguration? Configuration { get; init; }
}

namespace EdgeVoice.Core.Configuration;

/// <summary>What a device can do for the model, by the names that the configuration and the model know.</summary>
public static class DeviceToolNames
{
    /// <summary>All of them, in the order in which they are announced.</summary>
    public static IReadOnlyList<string> All { get; } = ["volume", "mute", "goodbye", "time"];
}

using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>What tells systemd how the service is doing.</summary>
public enum ServiceBackend
{
    /// <summary>Our own messages to systemd's socket.</summary>
    [JsonStringEnumMemberName("systemd")]
    Systemd,

    /// <summary>The package Microsoft.Extensions.Hosting.Systemd, where built in; ready and stopping only, no status line.</summary>
    [JsonStringEnumMemberName("hosting")]
    Hosting,
}

/// <summary>The device as a service.</summary>
public sealed record ServiceOptions
{
    /// <summary>What tells systemd; default systemd.</summary>
    [Option("What tells systemd how the service is doing.")]
    public ServiceBackend Backend { get; init; } = ServiceBackend.Systemd;

    /// <summary>Absolute path of the folder for what outlives a restart; null (default) for systemd's <c>STATE_DIRECTORY</c>.</summary>
    [Option("Absolute path of the folder for what outlives a restart; null for systemd's STATE_DIRECTORY.")]
    public string? StateDirectory { get; init; }
}

namespace EdgeVoice.Core.Configuration;

/// <summary>Where the API key is: exactly one of the three. The key itself is never in the configuration.</summary>
[Alternatives]
public sealed record CredentialOptions
{
    /// <summary>Name of a systemd credential, read from <c>$CREDENTIALS_DIRECTORY</c>.</summary>
    [Option("Name of a systemd credential, read from $CREDENTIALS_DIRECTORY.")]
    public string? Systemd { get; init; }

    /// <summary>Absolute path of a file that others cannot read and only its owner can write.</summary>
    [Option("Absolute path of a file that others cannot read and only its owner can write.")]
    public string? File { get; init; }

    /// <summary>Name of an environment variable.</summary>
    [Option("Name of an environment variable.")]
    public string? Environment { get; init; }
}

namespace EdgeVoice.Core.Configuration;

/// <summary>The control socket.</summary>
public sealed record ControlOptions
{
    /// <summary>Absolute path of the Unix socket; null (default) for the usual places.</summary>
    [Option("Absolute path of the Unix socket; null for the usual places.")]
    public string? Socket { get; init; }
}

namespace EdgeVoice.Core.Configuration;

/// <summary>The control socket.</summary>
public sealed record ControlOptions
{
    /// <summary>Absolute path of the Unix socket; null (default) for the usual places.</summary>
    public string? Socket { get; init; }
}

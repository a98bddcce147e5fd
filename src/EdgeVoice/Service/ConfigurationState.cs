using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Service;

/// <summary>Which configuration is in force, and what is wrong with the one that is not.</summary>
/// <remarks>Immutable: any thread may read it.</remarks>
internal sealed record ConfigurationState
{
    /// <summary><see cref="Source"/> where the file itself is in force.</summary>
    public const string FromFile = "file";

    /// <summary><see cref="Source"/> where the file was missing or refused at the start.</summary>
    public const string FromLastGood = "last good copy";

    /// <summary><see cref="Source"/> where nothing is in force.</summary>
    public const string FromNone = "none";

    /// <summary>The options in force; null where there are none yet.</summary>
    public EdgeVoiceOptions? Options { get; init; }

    /// <summary>Where they come from: <c>file</c>, <c>last good copy</c> or <c>none</c>.</summary>
    public string Source { get; init; } = FromNone;

    /// <summary>First twelve hexadecimal digits of the SHA-256 of the bytes in force; empty where there are none.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Monotonic time since when they are in force, in nanoseconds.</summary>
    public long SinceNs { get; init; }

    /// <summary>What is accepted in the configuration in force but should be known, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the file, as it is now, is not in force, one line each; empty where it is.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>True where the file, as it was last read, is not what is in force.</summary>
    public bool FileDiffers { get; init; }
}

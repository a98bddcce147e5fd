namespace EdgeVoice.Core.Configuration;

/// <summary>What a new session is told of the conversation so far, after a lost connection or before the server ends a session.</summary>
public sealed record MemoryOptions
{
    /// <summary>Tokens of it at most, estimated high, oldest first to go; 0 (nothing) to 16,000, default 4,000.</summary>
    [Option("Tokens of it at most, estimated high, oldest first to go; 0 for nothing.", Unit = "tokens", Min = 0, Max = 16_000)]
    public int Tokens { get; init; } = 4_000;

    /// <summary>Whether it is kept in a file of the state directory, readable by the service alone, for the next start; default false.</summary>
    [Option("Whether it is kept in a file of the state directory, readable by the service alone, for the next start.")]
    public bool AcrossRestarts { get; init; }
}

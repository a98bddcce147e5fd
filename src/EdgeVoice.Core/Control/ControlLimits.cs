namespace EdgeVoice.Core.Control;

/// <summary>What a client of the control socket may take.</summary>
public sealed record ControlLimits
{
    /// <summary>Clients at the same time; default 16. One more is told so and closed.</summary>
    public int MaxClients { get; init; } = 16;

    /// <summary>Longest request in bytes; default 64 KiB. A longer one is answered with an error and the client closed.</summary>
    public int MaxLineBytes { get; init; } = 64 << 10;

    /// <summary>Time for a whole request to arrive, counted from the one before; default 60 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for a reply to be taken; default 5 s.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for a reload to end; default 4 s. After it the client is told to look at the status.</summary>
    public TimeSpan Reload { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How often a watcher is told levels that change, and looked after; default 100 ms.</summary>
    public TimeSpan Levels { get; init; } = TimeSpan.FromMilliseconds(100);
}

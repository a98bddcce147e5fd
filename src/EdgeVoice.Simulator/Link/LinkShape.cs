namespace EdgeVoice.Simulator.Link;

/// <summary>What a link does to bytes on their way, each way on its own; their order is always kept, as TCP keeps it.</summary>
public sealed record LinkShape
{
    /// <summary>One way, milliseconds; default 0.</summary>
    public double DelayMs { get; init; }

    /// <summary>Chance that a piece of up to 16 KiB is lost and sent again, 0 to 1; default 0. All behind it waits, as behind a lost TCP segment.</summary>
    public double Loss { get; init; }

    /// <summary>How long a lost piece takes to come again, milliseconds; default 200, the least of Linux. Lost again, it takes twice as long.</summary>
    public double RetransmitMs { get; init; } = 200;

    /// <summary>Bytes a second; 0 (default): no limit.</summary>
    public double BytesPerSecond { get; init; }
}

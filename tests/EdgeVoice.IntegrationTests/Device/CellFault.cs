using EdgeVoice.Simulator.Link;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>One fault of the table: how it strikes.</summary>
/// <param name="Name">As the table prints it.</param>
/// <param name="Strike">Does it, in the middle of a state. It returns once done; what is restored later is restored by the fault itself.</param>
internal sealed record CellFault(string Name, Func<SimulatorServer, LinkProxy, Task> Strike)
{
    /// <summary>It strikes where an answer is cut: somebody presses into it.</summary>
    public bool Interrupts { get; init; }

    /// <summary>The device stops trying and says so, until somebody presses.</summary>
    public bool Stops { get; init; }

    /// <summary>Cells of the row that run at once; most of a cell is waiting.</summary>
    public int AtATime { get; init; } = 16;

    /// <summary>Every fault, one row each.</summary>
    public static IReadOnlyList<CellFault> All { get; } =
    [
        AtConnect("refuse", FaultMode.Refuse),
        AtConnect("garbage", FaultMode.Garbage),
        AtConnect("http=401", FaultMode.Http, 401) with { Stops = true },
        AtConnect("http=429", FaultMode.Http, 429),
        AtConnect("http=503", FaultMode.Http, 503),
        AtConnect("html", FaultMode.Html),
        AtConnect("slow-upgrade", FaultMode.SlowUpgrade, 800),
        AtConnect("slow-greeting", FaultMode.SlowGreeting, 800),
        AtConnect("silence", FaultMode.Silence),
        AtConnect("fragment", FaultMode.Fragment),
        AtOnce("drop", FaultMode.Drop),
        AtOnce("close=1011", FaultMode.Close, 1011),
        AtOnce("close=1001", FaultMode.Close, 1001),
        AtOnce("expire", FaultMode.Expire),
        AtOnce("error", FaultMode.Error),
        AtOnce("half-open", FaultMode.HalfOpen),
        AtOnce("stall-reading", FaultMode.StallReading),
        AtOnce("stall-reading=700", FaultMode.StallReading, 700),
        AtOnce("garbage-frame", FaultMode.GarbageFrame),
        AtOnce("binary", FaultMode.Binary),
        AtOnce("half-json", FaultMode.HalfJson),
        AtOnce("huge", FaultMode.Huge) with { AtATime = 4 },
        AtOnce("odd-base64", FaultMode.OddBase64),
        AtOnce("unknown", FaultMode.Unknown),
        Armed("response error", FaultMode.Error),
        Armed("slow-answer", FaultMode.SlowAnswer, 800),
        Armed("late-deltas", FaultMode.LateDeltas) with { Interrupts = true },
        Armed("two-items", FaultMode.TwoItems),
        Armed("drop-before-append", FaultMode.DropBeforeAppend),
        Armed("drop-after-commit", FaultMode.DropAfterCommit),
        Armed("drop-before-delta", FaultMode.DropBeforeDelta),
        Armed("drop-mid-audio", FaultMode.DropMidAudio),
        new("link cut", async (_, link) => await BrieflyAsync(link, link.Cut, 400)),
        new("link cut silently", async (_, link) => await BrieflyAsync(link, link.CutSilently, 400)),
        new("link lost, then reset", async (_, link) =>
        {
            link.CutSilently();
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System);
            await BrieflyAsync(link, link.Cut, 100);
        }),
        new("link silent, comes back", async (_, link) => await BrieflyAsync(link, link.Silence, 600)),
        new("link delay 150 ms", (_, link) => Shape(link, new LinkShape { DelayMs = 150 })),
        new("link loss", (_, link) => Shape(link, new LinkShape { Loss = 0.1, RetransmitMs = 100 })),
    ];

    public override string ToString() => Name;

    // A fault of connecting is met by the attempt after a lost connection.
    private static CellFault AtConnect(string name, FaultMode mode, int detail = 0) => new(name, (server, _) =>
    {
        server.FailNext(1, mode, detail);
        server.Strike(FaultMode.Drop);
        return Task.CompletedTask;
    });

    private static CellFault AtOnce(string name, FaultMode mode, int detail = 0) => new(name, (server, _) =>
    {
        // Before the first connection there is none to strike: it strikes where it can.
        if (server.Strike(mode, detail) == 0) server.FailNext(1, mode, detail);
        return Task.CompletedTask;
    });

    private static CellFault Armed(string name, FaultMode mode, int detail = 0) => new(name, (server, _) =>
    {
        server.FailNext(1, mode, detail);
        return Task.CompletedTask;
    });

    private static async Task BrieflyAsync(LinkProxy link, Action begin, int ms)
    {
        begin();
        await Task.Delay(ms);
        link.Restore();
    }

    private static Task Shape(LinkProxy link, LinkShape shape)
    {
        link.Shape = shape;
        return Task.CompletedTask;
    }
}

using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The kernel's edges themselves; what the device makes of them stands in the other parts.</summary>
internal static partial class Button
{
    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task EdgesAreSeenWithTheirTimes(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        var line = LineWatch.Open(pi, board.Chip, GpioBoard.Button);
        List<long> turned = [];
        for (var i = 0; i < 10; i++)
        {
            turned.Add(Pi.Now());
            if (i % 2 == 0) board.Press();
            else board.Release();
            await pi.UntilAsync(() => line.Count > i, TimeSpan.FromSeconds(10), $"edge {i + 1}");
        }

        var edges = line.Edges.ToArray();
        pi.Note($"edge to program: {edges.Max(edge => edge.SeenNs - edge.Ns) / 1000} µs at most");
        for (var i = 0; i < edges.Length; i++)
        {
            pi.Expect(edges[i].IsRising == (i % 2 == 1), $"edge {i + 1} goes the wrong way");
            pi.Expect(edges[i].Sequence == i + 1, $"edge {i + 1} is numbered {edges[i].Sequence}");
            pi.Expect(edges[i].Ns >= turned[i] && edges[i].Ns <= edges[i].SeenNs, $"edge {i + 1} is stamped outside the time it happened in");
        }
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task ChipPulledOutIsTold(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        var line = LineWatch.Open(pi, board.Chip, GpioBoard.Button);
        board.Press();
        await pi.UntilAsync(() => line.Count == 1, TimeSpan.FromSeconds(10), "the press");
        GpioBoard.Unplug();
        await pi.UntilAsync(() => line.Ended is not null, TimeSpan.FromSeconds(10), "the end of the watched line");
        pi.Note($"the kernel says: {line.Ended}");
        pi.Expect(!File.Exists(board.Chip), $"{board.Chip} is still there");
    }
}

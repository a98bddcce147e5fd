using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Every fault in every state: one row a test, several cells at a time. The table is printed, and written to $EDGEVOICE_CELLS.</summary>
[Collection(WholeDevice.Name)]
public sealed class FaultCellTests(FaultTable table, ITestOutputHelper output) : IClassFixture<FaultTable>
{
    private const int AtATime = 16;

    public static TheoryData<string> Faults => [.. CellFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_InEveryState_TheTurnIsKeptOrItsLossToldAndTheNextIsAnswered(string name)
    {
        var row = CellFault.All.ToList().FindIndex(fault => fault.Name == name);
        var cells = new ConcurrentDictionary<CellState, string>();
        await Parallel.ForEachAsync(
            CellState.All.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (column, _) => cells[column.Item] = await RunAsync(CellFault.All[row], column.Item, 10_000 + (row * 1_000) + (column.Index * 20)));
        table.Add(name, cells);
        foreach (var state in CellState.All) output.WriteLine($"{name}, {state}: {cells[state]}");
        Assert.Empty(FaultTable.Leftovers());
        Assert.DoesNotContain(CellState.All, state => cells[state].StartsWith("FAILED", StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(CellFault fault, CellState state, int seed)
    {
        try
        {
            await using var cell = new FaultCell(fault, state, seed);
            return await cell.RunAsync();
        }
        catch (Exception problem)
        {
            // The other cells of the row are run all the same; the row fails with all its causes.
            return $"FAILED: {problem.GetType().Name}: {problem.Message.ReplaceLineEndings(" ")}";
        }
    }
}

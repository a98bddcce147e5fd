using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Every fault in every state: one row a test, several cells at a time. The table is printed, and written to $EDGEVOICE_CELLS.</summary>
[Collection(WholeDevice.Name)]
[Trait("Time", "long")]
public sealed class FaultCellTests(FaultTable table, ITestOutputHelper output) : IClassFixture<FaultTable>
{
    public static TheoryData<string> Faults => [.. CellFault.All.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_InEveryState_TheTurnIsKeptOrItsLossToldAndTheNextIsAnswered(string name)
    {
        var row = CellFault.All.ToList().FindIndex(fault => fault.Name == name);
        int Seed(int column) => 10_000 + (row * 1_000) + (column * 20);
        var cells = new ConcurrentDictionary<CellState, string>();
        await Parallel.ForEachAsync(
            CellState.All.Index(), new ParallelOptions { MaxDegreeOfParallelism = CellFault.All[row].AtATime },
            async (column, _) => cells[column.Item] = await RunAsync(CellFault.All[row], column.Item, Seed(column.Index)));
        // A virtual microphone that this machine could not serve in time says nothing of the device: once more, alone.
        foreach (var (index, state) in CellState.All.Index().Where(column => cells[column.Item].Contains(DeviceUnderTest.TooBusy, StringComparison.Ordinal)))
            cells[state] = await RunAsync(CellFault.All[row], state, Seed(index));
        table.Add(name, cells);
        foreach (var state in CellState.All) output.WriteLine($"{name}, {state}: {cells[state]}");
        Assert.DoesNotContain(CellState.All, state => cells[state].StartsWith("FAILED", StringComparison.Ordinal));
        Assert.Empty(await table.LeftoversAsync());
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

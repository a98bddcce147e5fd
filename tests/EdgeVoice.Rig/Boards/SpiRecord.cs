using System.Buffers.Binary;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>
/// The test controller's own record of transfers: its last 512, the first 512 bytes of each. Its log prints 64 of them, so the rest is
/// read where it lies: in the kernel's memory, found by what the log says of the same transfers.
/// </summary>
internal static class SpiRecord
{
    // struct ent of tests/rig/kernel/spi-evloop.c: time, clock and length before the bytes.
    private const int Entries = 512;
    private const int HeaderBytes = 16;
    private const int Kept = 512;
    private const int EntryBytes = HeaderBytes + Kept;

    /// <summary>The logged transfers, oldest first, with all the bytes that were kept.</summary>
    /// <param name="logged">Two at least: one alone is not told from a copy of it elsewhere in memory.</param>
    /// <param name="count">Transfers since the guest booted; the last of them is the last one logged.</param>
    public static IReadOnlyList<SpiTransfer> Read(IReadOnlyList<SpiTransfer> logged, int count)
    {
        if (logged.Count < 2) throw new ScenarioFailedException($"{logged.Count} transfers are too few to find their record by");
        using var memory = new KernelMemory();
        var bytes = new byte[Entries * EntryBytes];
        foreach (var newest in memory.Find(Header(logged[^1])))
        {
            var first = newest - (long)((count - 1) % Entries) * EntryBytes;
            if (first < 0 || !memory.TryRead(first, bytes)) continue;
            var slots = Enumerable.Range(count - logged.Count, logged.Count).Select(n => n % Entries * EntryBytes).ToList();
            if (slots.Zip(logged).All(pair => bytes.AsSpan(pair.First, HeaderBytes).SequenceEqual(Header(pair.Second))))
                return [.. slots.Zip(logged, (slot, transfer) => transfer with { Bytes = bytes[(slot + HeaderBytes)..(slot + HeaderBytes + Math.Min(transfer.Length, Kept))] })];
        }

        throw new ScenarioFailedException($"the controller's record was not found in the kernel's memory: {memory}");
    }

    private static byte[] Header(SpiTransfer transfer)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt64LittleEndian(header, transfer.Ns);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), transfer.ClockHz);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), transfer.Length);
        return header;
    }
}

using System.Buffers.Binary;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>
/// The test controller's own record of transfers: its last 512, the first 512 bytes of each. Its log prints 64 of them, so the rest is
/// read where it lies, in the guest's memory, by run.sh on the host; it is found by what the log says of the same transfers.
/// </summary>
internal static class SpiRecord
{
    // struct ent of tests/rig/kernel/spi-evloop.c: time, clock and length before the bytes.
    private const int Entries = 512;
    private const int HeaderBytes = 16;
    private const int Kept = 512;
    private const int EntryBytes = HeaderBytes + Kept;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The logged transfers, oldest first, with all the bytes that were kept.</summary>
    /// <param name="pi">Asks.</param>
    /// <param name="logged">Two at least: one alone is not told from a copy of it elsewhere in memory.</param>
    /// <param name="count">Transfers since the guest booted; the last of them is the last one logged.</param>
    public static async Task<IReadOnlyList<SpiTransfer>> ReadAsync(Pi pi, IReadOnlyList<SpiTransfer> logged, int count)
    {
        pi.Expect(logged.Count >= 2, $"{logged.Count} transfers are too few to find their record by");
        var (wanted, found) = (pi.FileOf("memory.wanted"), pi.FileOf("memory.found"));
        var before = (count - 1) % Entries * EntryBytes;
        await File.WriteAllTextAsync($"{wanted}.part", $"{Convert.ToHexString(Header(logged[^1]))} {before} {Entries * EntryBytes}", pi.Stop);
        File.Move($"{wanted}.part", wanted);
        await pi.UntilAsync(() => File.Exists(found), Patience, "the host should look into the guest's memory");
        var slots = Enumerable.Range(count - logged.Count, logged.Count).Select(n => n % Entries * EntryBytes).ToList();
        var record = (await File.ReadAllBytesAsync(found, pi.Stop)).Chunk(Entries * EntryBytes).FirstOrDefault(bytes => Holds(bytes, slots, logged));
        pi.Expect(record is not null, "the controller's record was not found in the guest's memory");
        return [.. slots.Zip(logged, (slot, transfer) => transfer with { Bytes = record.AsSpan(slot + HeaderBytes, Math.Min(transfer.Length, Kept)).ToArray() })];
    }

    private static bool Holds(byte[] bytes, List<int> slots, IReadOnlyList<SpiTransfer> logged) =>
        slots.Zip(logged).All(pair => bytes.AsSpan(pair.First, HeaderBytes).SequenceEqual(Header(pair.Second)));

    private static byte[] Header(SpiTransfer transfer)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteInt64LittleEndian(header, transfer.Ns);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), transfer.ClockHz);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), transfer.Length);
        return header;
    }
}

using System.Buffers.Binary;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>
/// The test controller's own records of transfers, read out of the guest's memory: its log prints the first 64 bytes of a transfer, the
/// record holds 512.
/// </summary>
internal static class SpiMemory
{
    private const string Memory = "/dev/mem";
    private const int Records = 512;
    private const int HeaderBytes = 16;
    private const int MostBytes = 512;
    private const int RecordBytes = HeaderBytes + MostBytes;
    private const int PieceBytes = 1 << 20;

    // Before it lie the kernel itself and a hole, at which it panics when it is read.
    private const long MemoryStart = 20L << 20;
    private static long _place = -1;

    /// <summary>Two transfers or more with all their bytes, the first 512 of each at most.</summary>
    public static IReadOnlyList<SpiTransfer> Complete(IReadOnlyList<SpiTransfer> logged)
    {
        using var memory = new FileStream(Memory, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (_place < 0) _place = Find(memory, logged[0], logged[1]);
        // They lie one after the other, round and round; the place is one of them, not the first.
        var byTime = new Dictionary<long, byte[]>();
        for (var i = -Records; i < Records; i++)
        {
            if (_place + i * RecordBytes < MemoryStart) continue;
            var record = Read(memory, _place + i * RecordBytes, RecordBytes);
            if (record.Length == RecordBytes) byTime.TryAdd(BinaryPrimitives.ReadInt64LittleEndian(record), record);
        }

        return [.. logged.Select(transfer => transfer with { Bytes = Whole(transfer, byTime.GetValueOrDefault(transfer.Ns)) })];
    }

    private static byte[] Whole(SpiTransfer transfer, byte[]? record) => record is not null && record.AsSpan().StartsWith(Start(transfer))
        ? record.AsSpan(HeaderBytes, Math.Min(transfer.Length, MostBytes)).ToArray()
        : throw new ScenarioFailedException($"the transfer at {transfer.Ns} is not among the controller's records");

    // One record followed by the other is found nowhere else: not in the log's text, not in our own copies of a start.
    private static long Find(FileStream memory, SpiTransfer first, SpiTransfer second)
    {
        var (start, next) = (Start(first), Start(second));
        for (var place = MemoryStart; ; place += PieceBytes)
        {
            var piece = Read(memory, place, PieceBytes + 2 * RecordBytes);
            if (piece.Length < 2 * RecordBytes) throw new ScenarioFailedException($"no record of the controller was found below {place >> 20} MB");
            var at = piece.AsSpan().IndexOf(start);
            while (at >= 0 && at + RecordBytes + next.Length <= piece.Length)
            {
                if (piece.AsSpan(at + RecordBytes).StartsWith(next)) return place + at;
                var further = piece.AsSpan(at + 1).IndexOf(start);
                at = further < 0 ? -1 : at + 1 + further;
            }
        }
    }

    private static byte[] Start(SpiTransfer transfer)
    {
        var start = new byte[HeaderBytes + transfer.Bytes.Length];
        BinaryPrimitives.WriteInt64LittleEndian(start, transfer.Ns);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(8), transfer.ClockHz);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(12), transfer.Length);
        transfer.Bytes.CopyTo(start.AsSpan(HeaderBytes));
        return start;
    }

    private static byte[] Read(FileStream memory, long place, int count)
    {
        var bytes = new byte[count];
        memory.Position = place;
        try
        {
            return bytes[..memory.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
        }
        catch (IOException)
        {
            return []; // Beyond the end of what there is.
        }
    }
}

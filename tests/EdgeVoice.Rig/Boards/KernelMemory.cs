using System.Buffers.Binary;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>The guest kernel's own memory, as /proc/kcore shows it: an ELF file with one segment for each stretch.</summary>
/// <remarks>One thread. Format: elf(5), 64-bit, little-endian.</remarks>
internal sealed class KernelMemory : IDisposable
{
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const int ProgramHeadersAt = 32;
    private const int ProgramHeaderCountAt = 56;
    private const uint Load = 1;
    private const int Chunk = 1 << 20;

    // The stretch of virtual addresses for vmalloc is endless and empty.
    private const ulong LongestStretch = 4UL << 30;

    private readonly FileStream _file = new("/proc/kcore", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
    private readonly List<(long Offset, long Bytes)> _stretches = [];

    public KernelMemory()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (!TryRead(0, header)) throw new ScenarioFailedException("/proc/kcore is empty");
        var headers = (long)BinaryPrimitives.ReadUInt64LittleEndian(header[ProgramHeadersAt..]);
        Span<byte> one = stackalloc byte[ProgramHeaderBytes];
        for (var i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(header[ProgramHeaderCountAt..]); i++)
        {
            if (!TryRead(headers + i * ProgramHeaderBytes, one)) break;
            var (offset, bytes) = (BinaryPrimitives.ReadUInt64LittleEndian(one[8..]), BinaryPrimitives.ReadUInt64LittleEndian(one[32..]));
            if (BinaryPrimitives.ReadUInt32LittleEndian(one) == Load && bytes <= LongestStretch * 1000000000) _stretches.Add(((long)offset, (long)bytes));
        }
    }

    /// <summary>Offsets in the file at which the pattern lies, a multiple of eight from its stretch's start; in order.</summary>
    public IEnumerable<long> Find(byte[] pattern)
    {
        var buffer = new byte[Chunk];
        foreach (var (offset, bytes) in _stretches)
        {
            // Chunks overlap by the pattern.
            for (long at = 0; at + pattern.Length <= bytes; at += Chunk - pattern.Length)
            {
                var wanted = (int)Math.Min(Chunk, bytes - at);
                if (!TryRead(offset + at, buffer.AsSpan(0, wanted))) continue;
                for (var from = 0; buffer.AsSpan(from, wanted - from).IndexOf(pattern) is var found and >= 0; from += found + 1)
                    if ((at + from + found) % 8 == 0) yield return offset + at + from + found;
            }
        }
    }

    /// <summary>Fills the bytes from an offset in the file; false when nothing lies there.</summary>
    public bool TryRead(long offset, Span<byte> bytes)
    {
        _file.Position = offset;
        while (bytes.Length > 0)
        {
            var got = _file.Read(bytes);
            if (got <= 0) return false;
            bytes = bytes[got..];
        }

        return true;
    }

    /// <summary>Its stretches, in megabytes.</summary>
    public override string ToString() => string.Join(", ", _stretches.Select(s => $"{s.Bytes >> 20} MB at {s.Offset:x}"));

    public void Dispose() => _file.Dispose();
}

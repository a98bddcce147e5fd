using System.Buffers.Binary;

namespace EdgeVoice.Core.Audio;

/// <summary>What stands before the samples of a WAV, read front to back so that pipes work too.</summary>
internal sealed class WavHeader
{
    private const int LargestFormatChunk = 4096;
    private const string Advice = "give a WAV file, for instance made with: sox INPUT -b 16 OUTPUT.wav";

    // Bytes 2 to 15 of every KSDATAFORMAT_SUBTYPE identifier; the first two are the format tag.
    private static ReadOnlySpan<byte> SubtypeTail => [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];

    private readonly Stream _stream;
    private readonly string _name;
    private long _longDataLength = -1;
    private bool _pad;

    private WavHeader(Stream stream, string name)
    {
        _stream = stream;
        _name = name;
    }

    /// <summary>Layout of a sample.</summary>
    internal SampleFormat Format { get; private set; }

    /// <summary>Frames a second.</summary>
    internal int Rate { get; private set; }

    /// <summary>Samples a frame.</summary>
    internal int Channels { get; private set; }

    /// <summary>Bytes of a frame.</summary>
    internal int FrameBytes => Channels * PcmConvert.SizeOf(Format);

    /// <summary>Bytes of samples that the header claims; 0 where the writer did not know.</summary>
    internal long DataLength { get; private set; }

    /// <summary>Reads up to the first sample.</summary>
    /// <exception cref="WavFormatException">This is no WAV, or none that can be used.</exception>
    internal static WavHeader Read(Stream stream, string name)
    {
        var header = new WavHeader(stream, name);
        header.ReadChunks();
        return header;
    }

    private void ReadChunks()
    {
        Span<byte> riff = stackalloc byte[12];
        if (Fill(riff) < riff.Length || !(riff[..4].SequenceEqual("RIFF"u8) || riff[..4].SequenceEqual("RF64"u8))
            || !riff[8..].SequenceEqual("WAVE"u8))
            throw Problem("not a WAV file (it does not begin with RIFF and WAVE)");
        Span<byte> chunk = stackalloc byte[8];
        while (ReadChunkHead(chunk))
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("data"u8))
            {
                if (Rate == 0) throw Problem("no format (fmt) stands before the samples");
                DataLength = size == uint.MaxValue ? Math.Max(_longDataLength, 0) : size;
                return;
            }

            var used = chunk[..4].SequenceEqual("fmt "u8) ? ReadFormat(size)
                : chunk[..4].SequenceEqual("ds64"u8) ? ReadLongSizes(size) : 0;
            Skip(size - used);
            _pad = (size & 1) != 0;
        }

        throw Problem(Rate == 0 ? "no format (fmt) and no samples" : "no samples (the data chunk is missing)");
    }

    // Chunks of odd length are followed by a zero, which some writers forget; no chunk's name begins with a zero.
    private bool ReadChunkHead(Span<byte> chunk)
    {
        var have = Fill(chunk[..1]);
        if (have == 1 && (!_pad || chunk[0] != 0)) have += Fill(chunk[1..]);
        else have = Fill(chunk);
        return have == chunk.Length;
    }

    private long ReadLongSizes(uint size)
    {
        if (size < 16) return 0;
        Span<byte> sizes = stackalloc byte[16];
        if (Fill(sizes) == sizes.Length) _longDataLength = BinaryPrimitives.ReadInt64LittleEndian(sizes[8..]);
        return sizes.Length;
    }

    private long ReadFormat(uint size)
    {
        if (size is < 16 or > LargestFormatChunk) throw Problem($"absurd header (format of {size} bytes)");
        Span<byte> raw = stackalloc byte[40];
        raw = raw[..(int)Math.Min(size, 40)];
        if (Fill(raw) < raw.Length) throw Problem("the file ends within its header");
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(raw);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(raw[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(raw[4..]);
        var frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(raw[12..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(raw[14..]);
        if (tag == 0xFFFE && raw.Length == 40 && raw[26..].SequenceEqual(SubtypeTail))
            tag = BinaryPrimitives.ReadUInt16LittleEndian(raw[24..]);
        if (channels is < 1 or > 64) throw Problem($"absurd header ({channels} channels; 1 to 64 can be)");
        if (rate is < Resampler.LowestRate or > Resampler.HighestRate)
            throw Problem($"absurd header ({rate} frames a second; {Resampler.LowestRate} to {Resampler.HighestRate} can be)");
        Format = FindFormat(tag, bits, frameBytes / channels);
        Rate = (int)rate;
        Channels = channels;
        if (frameBytes != FrameBytes)
            throw Problem($"absurd header (frames of {frameBytes} bytes for {channels} channels of {bits} bits)");
        return raw.Length;
    }

    // Bits that fill no whole byte stand at the upper end of the next larger container, so the container decides.
    private SampleFormat FindFormat(int tag, int bits, int container) => (tag, (bits + 7) / 8) switch
    {
        (1, 1) => SampleFormat.U8,
        (1, 2) => SampleFormat.S16,
        (1, 3) => container == 4 ? SampleFormat.S24In32 : SampleFormat.S24,
        (1, 4) => SampleFormat.S32,
        (3, 4) => SampleFormat.F32,
        (3, 8) => SampleFormat.F64,
        (6, 1) => SampleFormat.ALaw,
        (7, 1) => SampleFormat.MuLaw,
        _ => throw Problem($"unsupported codec (format tag 0x{tag:X4}, {bits} bits)"),
    };

    private void Skip(long count)
    {
        Span<byte> scratch = stackalloc byte[4096];
        while (count > 0)
        {
            var read = _stream.Read(scratch[..(int)Math.Min(count, scratch.Length)]);
            if (read == 0) return;
            count -= read;
        }
    }

    private int Fill(Span<byte> buffer) => _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

    private WavFormatException Problem(string problem) => new(_name, problem, Advice);
}

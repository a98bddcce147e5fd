namespace EdgeVoice.Core.Audio;

/// <summary>
/// Reads whole WAV files: 8, 16, 24 and 32-bit PCM, 32 and 64-bit float, µ-law and A-law, plain or extensible, RIFF or RF64,
/// 1 to 64 channels, 1,000 to 384,000 frames a second. A truncated file gives what is there.
/// </summary>
/// <remarks>Stateless; any thread. Memory grows with the bytes really read, never with what a header claims.</remarks>
public static class WavFile
{
    /// <summary>The most samples of all channels together that are read: 268,435,456, or 93 minutes of 48 kHz mono.</summary>
    public const int LargestSamples = 1 << 28;

    private const int PieceBytes = 1 << 16;

    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="WavFormatException">The file is missing, unreadable, no WAV, of an unknown kind, or empty.</exception>
    public static WavAudio Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Read(stream, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WavFormatException(path, "no such file", "check the path", e);
        }
        catch (UnauthorizedAccessException e)
        {
            var problem = Directory.Exists(path) ? "a directory, not a file" : "this file may not be read";
            throw new WavFormatException(path, problem, "check the path and its permissions", e);
        }
    }

    /// <summary>Reads a WAV from the stream's position on; <paramref name="name"/> stands in messages.</summary>
    /// <exception cref="WavFormatException">This is no WAV, of an unknown kind, or empty.</exception>
    public static WavAudio Read(Stream stream, string name)
    {
        var header = WavHeader.Read(stream, name);
        var samples = ReadSamples(stream, name, header);
        if (samples.Length == 0) throw new WavFormatException(name, "empty (no samples)", "record something first");
        return new WavAudio(samples, header.Rate, header.Channels);
    }

    private static float[] ReadSamples(Stream stream, string name, WavHeader header)
    {
        var sampleBytes = header.FrameBytes / header.Channels;
        var left = header.DataLength == 0 ? long.MaxValue : header.DataLength;
        var samples = new float[FirstCapacity(stream, left, sampleBytes)];
        var piece = new byte[PieceBytes / header.FrameBytes * header.FrameBytes];
        var count = 0;
        while (left > 0)
        {
            var wanted = (int)Math.Min(left, piece.Length);
            var got = stream.ReadAtLeast(piece.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            var whole = piece.AsSpan(0, got - got % header.FrameBytes);
            if (count == 0 && header.DataLength == 0 && IsChunk(whole, stream)) break;
            var added = whole.Length / sampleBytes;
            if (count + (long)added > LargestSamples)
                throw new WavFormatException(name, $"more than {LargestSamples} samples", "cut it into shorter files");
            if (samples.Length < count + added) Array.Resize(ref samples, Math.Max(count + added, 2 * samples.Length));
            count += PcmConvert.ToFloat(header.Format, whole, samples.AsSpan(count));
            left -= got;
            if (got < wanted) break;
        }

        if (samples.Length != count) Array.Resize(ref samples, count);
        return samples;
    }

    private static int FirstCapacity(Stream stream, long claimed, int sampleBytes)
    {
        if (!stream.CanSeek) return 0;
        var real = Math.Min(claimed, Math.Max(0, stream.Length - stream.Position));
        return (int)Math.Min(real / sampleBytes, LargestSamples);
    }

    // An honest data chunk of length 0 may be followed by another chunk; a writer that died left 0 before its samples.
    private static bool IsChunk(ReadOnlySpan<byte> start, Stream stream)
    {
        if (start.Length < 8 || !stream.CanSeek) return false;
        foreach (var letter in start[..4])
            if (letter is < (byte)' ' or > (byte)'~')
                return false;
        var size = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(start[4..]);
        var rest = stream.Length - stream.Position + start.Length - 8;
        return size + (size & 1) == rest || size == rest;
    }
}

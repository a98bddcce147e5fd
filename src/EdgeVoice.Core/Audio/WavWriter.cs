using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EdgeVoice.Core.Audio;

/// <summary>
/// Writes a 16-bit PCM WAV. Until it is disposed, and for ever on a pipe, the header says 0xFFFFFFFF ("until the end"), which
/// readers take for what is there.
/// </summary>
/// <remarks>One thread at a time. <see cref="Write"/> allocates nothing after its first call.</remarks>
public sealed class WavWriter : IDisposable
{
    private const int HeaderBytes = 44;
    private static readonly short[] Silence = new short[4096];

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly int _channels;
    private readonly int _rate;
    private readonly long _start;
    private bool _disposed;

    /// <summary>Creates or replaces the file at <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public WavWriter(string path, int rate, int channels)
        : this(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read), rate, channels, leaveOpen: false)
    {
    }

    /// <summary>
    /// Writes to <paramref name="stream"/> from its position on: 1,000 to 384,000 frames a second of 1 to 64 channels.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate or the number of channels is outside the range.</exception>
    public WavWriter(Stream stream, int rate, int channels, bool leaveOpen)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, Resampler.LowestRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, Resampler.HighestRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 64);
        _stream = stream;
        _rate = rate;
        _channels = channels;
        _leaveOpen = leaveOpen;
        _start = stream.CanSeek ? stream.Position : 0;
        WriteHeader(uint.MaxValue, uint.MaxValue);
    }

    /// <summary>Frames written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>True when the header cannot be completed: somebody reads while we write.</summary>
    public bool IsPipe => !_stream.CanSeek;

    /// <summary>Appends whole frames.</summary>
    /// <exception cref="ArgumentException">The last frame is not whole.</exception>
    public void Write(ReadOnlySpan<short> interleaved)
    {
        if (interleaved.Length % _channels != 0)
            throw new ArgumentException($"{interleaved.Length} samples are no whole frames of {_channels}", nameof(interleaved));
        if (BitConverter.IsLittleEndian) _stream.Write(MemoryMarshal.AsBytes(interleaved));
        else WriteReversed(interleaved);
        Frames += interleaved.Length / _channels;
    }

    /// <summary>Appends silence.</summary>
    public void WriteSilence(long frames)
    {
        var most = Silence.Length / _channels;
        for (; frames > 0; frames -= most) Write(Silence.AsSpan(0, (int)Math.Min(frames, most) * _channels));
    }

    /// <summary>Hands everything to the operating system, so that a reader sees it.</summary>
    public void Flush() => _stream.Flush();

    /// <summary>Completes the header where the stream can seek, and closes the stream unless told to leave it open.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            if (_stream.CanSeek) Complete();
            else _stream.Flush();
        }
        finally
        {
            if (!_leaveOpen) _stream.Dispose();
        }
    }

    private void Complete()
    {
        var data = Frames * _channels * sizeof(short);
        var end = _stream.Position;
        _stream.Position = _start;
        WriteHeader((uint)Math.Min(data + HeaderBytes - 8, uint.MaxValue), (uint)Math.Min(data, uint.MaxValue));
        _stream.Position = end;
        _stream.Flush();
    }

    private void WriteReversed(ReadOnlySpan<short> samples)
    {
        Span<byte> bytes = stackalloc byte[sizeof(short)];
        foreach (var sample in samples)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes, sample);
            _stream.Write(bytes);
        }
    }

    private void WriteHeader(uint riffLength, uint dataLength)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], riffLength);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)_channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], _rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], _rate * _channels * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)(_channels * sizeof(short)));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataLength);
        _stream.Write(header);
    }
}

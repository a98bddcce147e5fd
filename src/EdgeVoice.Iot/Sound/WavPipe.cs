using System.Buffers.Binary;

namespace EdgeVoice.Iot.Sound;

/// <summary>A WAV without end for Alsa.Net: its header, then whatever <paramref name="fill"/> gives; 0 from it is the end.</summary>
/// <remarks>
/// One thread. <paramref name="fill"/> must fill all it is given, or nothing: of a short read the package would play what was in its array
/// before.
/// </remarks>
internal sealed class WavPipe(AlsaNetSettings settings, WavPipe.Filler fill) : Stream
{
    private const int HeaderBytes = 44;
    private readonly byte[] _header = MakeHeader(settings);
    private int _at;

    /// <summary>Fills all of a block and returns its length, or returns 0 at the end.</summary>
    public delegate int Filler(Span<byte> block);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_at == HeaderBytes) return fill(buffer);
        var part = _header.AsSpan(_at, Math.Min(buffer.Length, HeaderBytes - _at));
        part.CopyTo(buffer);
        _at += part.Length;
        return part.Length;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    // RIFF with sizes that mean "without end". Source: Multimedia Programming Interface and Data Specifications 1.0.
    private static byte[] MakeHeader(AlsaNetSettings settings)
    {
        var header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        "data"u8.CopyTo(header.AsSpan(36));
        Put32(4, uint.MaxValue);
        Put32(16, 16);
        Put16(20, 1);
        Put16(22, (ushort)settings.Channels);
        Put32(24, (uint)settings.Rate);
        Put32(28, (uint)(settings.Rate * settings.FrameBytes));
        Put16(32, (ushort)settings.FrameBytes);
        Put16(34, AlsaNetSettings.Bits);
        Put32(40, uint.MaxValue);
        return header;
        void Put32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at), value);
        void Put16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at), value);
    }
}

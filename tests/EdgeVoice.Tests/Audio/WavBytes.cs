using System.Buffers.Binary;
using System.Text;

namespace EdgeVoice.Tests.Audio;

/// <summary>Builds WAV files byte by byte, good and bad ones.</summary>
internal static class WavBytes
{
    internal static byte[] File(byte[] format, byte[] data, uint? claimedData = null, params byte[][] chunksBeforeData)
    {
        byte[] body = [.. "WAVE"u8, .. Chunk("fmt ", format), .. chunksBeforeData.SelectMany(c => c),
            .. "data"u8, .. U32(claimedData ?? (uint)data.Length), .. data];
        return [.. "RIFF"u8, .. U32((uint)body.Length), .. body];
    }

    internal static byte[] Format(int tag, int channels, int rate, int bits)
    {
        var frame = channels * ((bits + 7) / 8);
        return [.. U16(tag), .. U16(channels), .. U32((uint)rate), .. U32((uint)(rate * frame)), .. U16(frame), .. U16(bits)];
    }

    internal static byte[] Extensible(int tag, int channels, int rate, int bits)
    {
        var plain = Format(0xFFFE, channels, rate, bits);
        byte[] tail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        return [.. plain, .. U16(22), .. U16(bits), .. U32(0), .. U16(tag), .. tail];
    }

    internal static byte[] Chunk(string name, byte[] body, bool pad = true) =>
        [.. Encoding.ASCII.GetBytes(name), .. U32((uint)body.Length), .. body, .. (pad && body.Length % 2 == 1 ? new byte[1] : [])];

    internal static byte[] Samples(params short[] samples) => [.. samples.SelectMany(s => U16((ushort)s))];

    internal static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];

    internal static byte[] U32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    /// <summary>A stream like a pipe: no length, no seeking, never more than a few bytes at a time.</summary>
    internal sealed class Pipe(byte[] bytes, int most) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var got = Math.Min(Math.Min(count, most), bytes.Length - _at);
            Array.Copy(bytes, _at, buffer, offset, got);
            _at += got;
            return got;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

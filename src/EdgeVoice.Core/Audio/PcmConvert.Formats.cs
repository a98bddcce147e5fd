using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EdgeVoice.Core.Audio;

public static partial class PcmConvert
{
    /// <summary>Bytes of one sample.</summary>
    public static int SizeOf(SampleFormat format) => format switch
    {
        SampleFormat.U8 or SampleFormat.MuLaw or SampleFormat.ALaw => 1,
        SampleFormat.S16 => 2,
        SampleFormat.S24 => 3,
        SampleFormat.F64 => 8,
        _ => 4,
    };

    /// <summary>
    /// Whole samples of <paramref name="format"/> to floats, full scale 1 (float sources may exceed it; NaN and infinities
    /// become 0). Returns the number of samples.
    /// </summary>
    /// <exception cref="ArgumentException">The destination is shorter than the samples in the source.</exception>
    public static int ToFloat(SampleFormat format, ReadOnlySpan<byte> source, Span<float> destination)
    {
        var count = source.Length / SizeOf(format);
        CheckRoom(count, destination.Length);
        destination = destination[..count];
        switch (format)
        {
            case SampleFormat.U8: FromU8(source, destination); break;
            case SampleFormat.S16: FromS16(source, destination); break;
            case SampleFormat.S24: FromS24(source, destination); break;
            case SampleFormat.S24In32: FromS24In32(source, destination); break;
            case SampleFormat.S32: FromS32(source, destination); break;
            case SampleFormat.F32: FromF32(source, destination); break;
            case SampleFormat.F64: FromF64(source, destination); break;
            case SampleFormat.MuLaw: G711.DecodeMuLaw(source, destination); break;
            case SampleFormat.ALaw: G711.DecodeALaw(source, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }

        return count;
    }

    private static void FromU8(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = (source[i] - 128) * (1 / 128f);
    }

    private static void FromS16(ReadOnlySpan<byte> source, Span<float> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            ToFloat(MemoryMarshal.Cast<byte, short>(source), destination);
            return;
        }

        for (var i = 0; i < destination.Length; i++)
            destination[i] = BinaryPrimitives.ReadInt16LittleEndian(source[(2 * i)..]) * (1 / Scale16);
    }

    private static void FromS24(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var sample = source.Slice(3 * i, 3);
            destination[i] = (sample[0] | sample[1] << 8 | (sbyte)sample[2] << 16) * (1 / 8388608f);
        }
    }

    private static void FromS24In32(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] = (BinaryPrimitives.ReadInt32LittleEndian(source[(4 * i)..]) << 8) * (1 / 2147483648f);
    }

    private static void FromS32(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
            destination[i] = BinaryPrimitives.ReadInt32LittleEndian(source[(4 * i)..]) * (1 / 2147483648f);
    }

    private static void FromF32(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var sample = BinaryPrimitives.ReadSingleLittleEndian(source[(4 * i)..]);
            destination[i] = float.IsFinite(sample) ? sample : 0;
        }
    }

    private static void FromF64(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var sample = (float)BinaryPrimitives.ReadDoubleLittleEndian(source[(8 * i)..]);
            destination[i] = float.IsFinite(sample) ? sample : 0;
        }
    }
}

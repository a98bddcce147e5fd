using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Linux.Alsa;

/// <summary>From floats to a card's layout: rounded to nearest, ties to even, saturated; NaN becomes 0.</summary>
/// <remarks>Stateless, allocation-free, any thread. The inverse of <see cref="PcmConvert.ToFloat(SampleFormat, ReadOnlySpan{byte}, Span{float})"/>.</remarks>
internal static class CardSamples
{
    private const float Scale24 = 8_388_608f;
    private const double Scale32 = 2_147_483_648d;

    /// <summary>Converts all of the source.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void FromFloat(SampleFormat format, ReadOnlySpan<float> source, Span<byte> destination)
    {
        if (destination.Length < source.Length * PcmConvert.SizeOf(format))
            throw new ArgumentException($"destination of {destination.Length} bytes for {source.Length} samples");
        switch (format)
        {
            case SampleFormat.S16: ToS16(source, destination); break;
            case SampleFormat.S24: ToS24(source, destination); break;
            case SampleFormat.S24In32: ToS24In32(source, destination); break;
            case SampleFormat.S32: ToS32(source, destination); break;
            case SampleFormat.F32: ToF32(source, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }
    }

    private static void ToS16(ReadOnlySpan<float> source, Span<byte> destination)
    {
        var samples = MemoryMarshal.Cast<byte, short>(destination);
        PcmConvert.ToInt16(source, samples);
        if (!BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(samples[..source.Length], samples);
    }

    private static void ToS24(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var value = Round24(source[i]);
            destination[3 * i] = (byte)value;
            destination[3 * i + 1] = (byte)(value >> 8);
            destination[3 * i + 2] = (byte)(value >> 16);
        }
    }

    private static void ToS24In32(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (var i = 0; i < source.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(destination[(4 * i)..], Round24(source[i]));
    }

    private static void ToS32(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var scaled = Math.Round(Math.Clamp(source[i] * Scale32, int.MinValue, int.MaxValue));
            BinaryPrimitives.WriteInt32LittleEndian(destination[(4 * i)..], double.IsNaN(scaled) ? 0 : (int)scaled);
        }
    }

    private static void ToF32(ReadOnlySpan<float> source, Span<byte> destination)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var sample = float.IsNaN(source[i]) ? 0 : Math.Clamp(source[i], -1, 1);
            BinaryPrimitives.WriteSingleLittleEndian(destination[(4 * i)..], sample);
        }
    }

    private static int Round24(float sample) =>
        float.IsNaN(sample) ? 0 : (int)MathF.Round(Math.Clamp(sample * Scale24, -Scale24, Scale24 - 1));
}

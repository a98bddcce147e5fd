namespace EdgeVoice.Core.Audio;

/// <summary>ITU-T G.711: one byte a sample, µ-law and A-law; bit-exact with sox, which rounds to 14 and 13 bits first.</summary>
/// <remarks>Stateless, allocation-free, any thread.</remarks>
public static class G711
{
    private const int Bias = 33;
    private static readonly short[] MuLawTable = BuildTable(MuLawToLinear);
    private static readonly short[] ALawTable = BuildTable(ALawToLinear);

    /// <summary>16-bit samples to µ-law.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void EncodeMuLaw(ReadOnlySpan<short> source, Span<byte> destination)
    {
        CheckRoom(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++) destination[i] = LinearToMuLaw(source[i]);
    }

    /// <summary>16-bit samples to A-law.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void EncodeALaw(ReadOnlySpan<short> source, Span<byte> destination)
    {
        CheckRoom(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++) destination[i] = LinearToALaw(source[i]);
    }

    /// <summary>µ-law to 16-bit samples.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void DecodeMuLaw(ReadOnlySpan<byte> source, Span<short> destination) => Decode(MuLawTable, source, destination);

    /// <summary>A-law to 16-bit samples.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void DecodeALaw(ReadOnlySpan<byte> source, Span<short> destination) => Decode(ALawTable, source, destination);

    internal static void DecodeMuLaw(ReadOnlySpan<byte> source, Span<float> destination) => Decode(MuLawTable, source, destination);

    internal static void DecodeALaw(ReadOnlySpan<byte> source, Span<float> destination) => Decode(ALawTable, source, destination);

    private static void Decode(short[] table, ReadOnlySpan<byte> source, Span<short> destination)
    {
        CheckRoom(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++) destination[i] = table[source[i]];
    }

    private static void Decode(short[] table, ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var i = 0; i < source.Length; i++) destination[i] = table[source[i]] * (1 / 32768f);
    }

    private static byte LinearToMuLaw(short sample)
    {
        var value = Math.Min((sample + 2) >> 2, 8191);
        var sign = value < 0 ? 0x7F : 0xFF;
        var magnitude = Math.Min(Math.Abs(value), 8158) + Bias;
        var segment = Log2(magnitude) - 5;
        return (byte)((segment << 4 | magnitude >> (segment + 1) & 0xF) ^ sign);
    }

    private static byte LinearToALaw(short sample)
    {
        var value = Math.Min((sample + 4) >> 3, 4095);
        var sign = value < 0 ? 0x55 : 0xD5;
        // Negative values count from -1, so that both halves have 4096 steps.
        var magnitude = value < 0 ? -value - 1 : value;
        if (magnitude < 32) return (byte)(magnitude >> 1 ^ sign);
        var segment = Log2(magnitude) - 4;
        return (byte)((segment << 4 | magnitude >> segment & 0xF) ^ sign);
    }

    private static short MuLawToLinear(int code)
    {
        code = ~code & 0xFF;
        var magnitude = ((((code & 0xF) << 1) + Bias) << (code >> 4 & 7)) - Bias;
        return (short)((code & 0x80) != 0 ? -magnitude << 2 : magnitude << 2);
    }

    private static short ALawToLinear(int code)
    {
        code ^= 0x55;
        var segment = code >> 4 & 7;
        var magnitude = ((code & 0xF) << 4) + 8;
        if (segment > 0) magnitude = (magnitude + 0x100) << (segment - 1);
        return (short)((code & 0x80) != 0 ? magnitude : -magnitude);
    }

    private static int Log2(int value) => System.Numerics.BitOperations.Log2((uint)value);

    private static short[] BuildTable(Func<int, short> decode)
    {
        var table = new short[256];
        for (var code = 0; code < table.Length; code++) table[code] = decode(code);
        return table;
    }

    private static void CheckRoom(int needed, int given)
    {
        if (given < needed) throw new ArgumentException($"destination of {given} for {needed} samples");
    }
}

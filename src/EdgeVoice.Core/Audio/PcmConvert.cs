using System.Numerics;

namespace EdgeVoice.Core.Audio;

/// <summary>Converts samples between the layouts of files and cards and floats in [-1, 1).</summary>
/// <remarks>Stateless, allocation-free, any thread.</remarks>
public static partial class PcmConvert
{
    private const float Scale16 = 32768f;

    /// <summary>16-bit samples to floats: x / 32768.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void ToFloat(ReadOnlySpan<short> source, Span<float> destination)
    {
        CheckRoom(source.Length, destination.Length);
        var done = 0;
        var width = Vector<float>.Count;
        for (; done + 2 * width <= source.Length; done += 2 * width)
        {
            Vector.Widen(new Vector<short>(source[done..]), out var low, out var high);
            (Vector.ConvertToSingle(low) * (1 / Scale16)).CopyTo(destination[done..]);
            (Vector.ConvertToSingle(high) * (1 / Scale16)).CopyTo(destination[(done + width)..]);
        }

        for (; done < source.Length; done++) destination[done] = source[done] * (1 / Scale16);
    }

    /// <summary>
    /// Floats to 16-bit samples: rounded to nearest, ties to even, saturated; NaN becomes 0. The exact inverse of
    /// <see cref="ToFloat(ReadOnlySpan{short}, Span{float})"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void ToInt16(ReadOnlySpan<float> source, Span<short> destination)
    {
        CheckRoom(source.Length, destination.Length);
        var done = 0;
        var width = Vector<float>.Count;
        for (; done + 2 * width <= source.Length; done += 2 * width)
            Vector.Narrow(Round(new Vector<float>(source[done..])), Round(new Vector<float>(source[(done + width)..])))
                .CopyTo(destination[done..]);
        for (; done < source.Length; done++) destination[done] = Round(source[done] * Scale16);
    }

    /// <summary>
    /// As <see cref="ToInt16(ReadOnlySpan{float}, Span{short})"/>, with triangular dither of ±1 step before rounding, for
    /// sources with more than 16 bits. <paramref name="state"/> is the caller's random state; any value starts it.
    /// </summary>
    /// <exception cref="ArgumentException">The destination is shorter than the source.</exception>
    public static void ToInt16(ReadOnlySpan<float> source, Span<short> destination, ref uint state)
    {
        CheckRoom(source.Length, destination.Length);
        for (var i = 0; i < source.Length; i++)
            destination[i] = Round(source[i] * Scale16 + NextUniform(ref state) - NextUniform(ref state));
    }

    private static Vector<int> Round(Vector<float> value)
    {
        var scaled = value * Scale16;
        var clamped = Vector.Min(Vector.Max(scaled, new Vector<float>(short.MinValue)), new Vector<float>(short.MaxValue));
        // Comparing a NaN with itself is false: the mask clears it whatever the processor converts it to.
        return Vector.ConvertToInt32(Vector.Round(clamped)) & Vector.Equals(value, value);
    }

    private static short Round(float scaled) =>
        float.IsNaN(scaled) ? (short)0 : (short)MathF.Round(Math.Clamp(scaled, short.MinValue, short.MaxValue));

    // [0, 1) from a linear congruential generator; the difference of two is triangular.
    private static float NextUniform(ref uint state)
    {
        state = state * 1664525 + 1013904223;
        return (state >> 8) * (1f / (1 << 24));
    }

    private static void CheckRoom(int needed, int given)
    {
        if (given < needed) throw new ArgumentException($"destination of {given} for {needed} samples");
    }
}

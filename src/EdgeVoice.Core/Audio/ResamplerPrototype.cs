namespace EdgeVoice.Core.Audio;

internal static partial class ResamplerPrototype
{
    /// <summary>The filter at <paramref name="time"/> samples of the slower rate from its centre; its integral is 1.</summary>
    internal static double At(double time)
    {
        var knot = Math.Abs(time) * Knots;
        var last = Coefficients.Length - 1;
        var sum = 0.0;
        for (var k = (int)Math.Floor(knot) - 2; k <= (int)Math.Floor(knot) + 3; k++)
            if (Math.Abs(k) <= last)
                sum += Coefficients[Math.Abs(k)] * QuinticSpline(Math.Abs(knot - k));
        return sum;
    }

    // The centred B-spline of degree 5: three polynomial pieces on [0, 1], [1, 2] and [2, 3].
    private static double QuinticSpline(double x)
    {
        var sum = Fifth(3 - x);
        if (x < 2) sum -= 6 * Fifth(2 - x);
        if (x < 1) sum += 15 * Fifth(1 - x);
        return x < 3 ? sum / 120 : 0;
    }

    private static double Fifth(double x) => x * x * x * x * x;
}

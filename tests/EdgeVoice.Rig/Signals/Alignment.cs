namespace EdgeVoice.Rig.Signals;

/// <summary>Finds where a signal lies in a recording: by its loudest part, first roughly, then to the sample.</summary>
internal static class Alignment
{
    private const int Step = 4;
    private const int Excerpt = 8_192;

    /// <summary>The place in the recording where the signal's first sample is, and how like it is there (1: the same but for gain).</summary>
    public static (int At, double Likeness) Find(ReadOnlySpan<short> signal, ReadOnlySpan<short> recording, int from, int to)
    {
        var (start, part) = Loudest(signal);
        var best = (At: from, Likeness: -1.0);
        for (var at = from; at + part.Length <= to; at += Step)
            if (Likeness(part, recording.Slice(at, part.Length), Step) is var rough && rough > best.Likeness)
                best = (at, rough);
        var centre = best.At;
        best = (centre, -1);
        for (var at = Math.Max(from, centre - 2 * Step); at <= centre + 2 * Step && at + part.Length <= to; at++)
            if (Likeness(part, recording.Slice(at, part.Length), 1) is var fine && fine > best.Likeness)
                best = (at, fine);
        return (Math.Max(0, best.At - start), best.Likeness);
    }

    private static (int Start, short[] Part) Loudest(ReadOnlySpan<short> signal)
    {
        if (signal.Length <= Excerpt) return (0, signal.ToArray());
        var (best, start) = (-1.0, 0);
        for (var at = 0; at + Excerpt <= signal.Length; at += Excerpt / 4)
        {
            double power = 0;
            for (var i = at; i < at + Excerpt; i++) power += (double)signal[i] * signal[i];
            if (power > best) (best, start) = (power, at);
        }

        return (start, signal.Slice(start, Excerpt).ToArray());
    }

    private static double Likeness(ReadOnlySpan<short> a, ReadOnlySpan<short> b, int step)
    {
        long ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i += step)
        {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }

        return aa == 0 || bb == 0 ? 0 : ab / Math.Sqrt((double)aa * bb);
    }
}

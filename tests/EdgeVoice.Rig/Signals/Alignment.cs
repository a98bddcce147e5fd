namespace EdgeVoice.Rig.Signals;

/// <summary>Finds where a signal lies in a recording: by its loudest part, first roughly, then to the sample.</summary>
internal static class Alignment
{
    // At every place, of every sixteenth sample: a place left out could be that of a tone's zero.
    private const int Stride = 16;
    private const int Near = 8;
    private const int Excerpt = 8_192;

    /// <summary>The place in the recording where the signal's first sample is, and how like it is there (1: the same but for gain).</summary>
    public static (int At, double Likeness) Find(ReadOnlySpan<short> signal, ReadOnlySpan<short> recording, int from, int to)
    {
        var (start, part) = Loudest(signal);
        var (rough, _) = Best(part, recording, from, to, Stride);
        var (at, likeness) = Best(part, recording, Math.Max(from, rough - Near), Math.Min(to, rough + Near + part.Length), 1);
        return (Math.Max(0, at - start), likeness);
    }

    private static (int At, double Likeness) Best(short[] part, ReadOnlySpan<short> recording, int from, int to, int stride)
    {
        var best = (At: from, Likeness: -1.0);
        for (var at = from; at + part.Length <= to; at++)
            if (Likeness(part, recording.Slice(at, part.Length), stride) is var found && found > best.Likeness)
                best = (at, found);
        return best;
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

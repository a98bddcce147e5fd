namespace EdgeVoice.Benchmarks;

/// <summary>Noise without end in which no stretch is like any other, so that each sample heard tells which it is.</summary>
internal static class SoakSignal
{
    private const int Loudest = 8_000;

    /// <summary>The sample at a place.</summary>
    public static short At(long place)
    {
        // The finaliser of SplitMix64: neighbours have nothing in common.
        var bits = (ulong)place * 0x9E37_79B9_7F4A_7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return (short)((long)((bits ^ (bits >> 31)) % (2 * Loudest)) - Loudest);
    }

    /// <summary>Fills from a place on.</summary>
    public static void Fill(long place, Span<short> samples)
    {
        for (var i = 0; i < samples.Length; i++) samples[i] = At(place + i);
    }
}

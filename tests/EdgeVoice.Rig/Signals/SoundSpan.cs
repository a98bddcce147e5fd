namespace EdgeVoice.Rig.Signals;

/// <summary>A stretch of a recording in which something sounds.</summary>
/// <param name="Recording">All of it.</param>
/// <param name="From">Its first sample that is not silent.</param>
/// <param name="To">The first behind its last sample that is not silent.</param>
internal sealed record SoundSpan(short[] Recording, int From, int To)
{
    // A volume, or a bit of dither, is no end of it.
    private const int Tolerance = 3;

    /// <summary>How many samples of this signal, from its first on, are heard in it; silence in between is skipped.</summary>
    public int Like(ReadOnlySpan<short> signal)
    {
        var (count, at) = (0, From);
        while (count < signal.Length && at < To)
        {
            if (Math.Abs(Recording[at] - signal[count]) <= Tolerance) (count, at) = (count + 1, at + 1);
            else if (Recording[at] == 0) at++;
            else break;
        }

        return count;
    }
}

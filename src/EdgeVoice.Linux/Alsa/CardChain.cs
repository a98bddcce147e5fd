namespace EdgeVoice.Linux.Alsa;

/// <summary>What a PCM is made of, read from libasound's own description (snd_pcm_dump).</summary>
internal static class CardChain
{
    // Between these and the card lies a buffer of their own: what is taken back before it has long gone on.
    private static readonly string[] Buffering = ["Rate conversion", "Direct ", "I/O Plugin", "Share ", "Multi ", "Ladspa", "Extplug"];

    /// <summary>Frames written into it can be taken back: it ends in a card and nothing on the way has passed them on.</summary>
    public static bool CanRewind(string dump) =>
        dump.Contains("Hardware PCM card", StringComparison.Ordinal)
        && !Array.Exists(Buffering, word => dump.Contains(word, StringComparison.OrdinalIgnoreCase));
}

using EdgeVoice.Core.Audio;

namespace EdgeVoice.Linux.Alsa;

/// <summary>The sample layouts that cards are asked for, as ALSA numbers them (snd_pcm_format_t).</summary>
internal static class CardFormat
{
    /// <summary>In the order in which they are tried: what the wire carries, then by bits.</summary>
    public static readonly SampleFormat[] All = [SampleFormat.S16, SampleFormat.S32, SampleFormat.S24In32, SampleFormat.S24, SampleFormat.F32];

    /// <summary>ALSA's number.</summary>
    public static int Number(SampleFormat format) => format switch
    {
        SampleFormat.S16 => 2,
        SampleFormat.S24In32 => 6,
        SampleFormat.S32 => 10,
        SampleFormat.F32 => 14,
        SampleFormat.S24 => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "S16, S24, S24In32, S32 or F32"),
    };
}

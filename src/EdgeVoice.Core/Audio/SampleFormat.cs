namespace EdgeVoice.Core.Audio;

/// <summary>How one sample is laid out in a file or on a card; little-endian.</summary>
public enum SampleFormat
{
    /// <summary>8-bit unsigned, 128 is silence.</summary>
    U8,

    /// <summary>16-bit signed.</summary>
    S16,

    /// <summary>24-bit signed in 3 bytes (ALSA: S24_3LE).</summary>
    S24,

    /// <summary>24-bit signed in the low 3 of 4 bytes; the highest byte is ignored (ALSA: S24_LE).</summary>
    S24In32,

    /// <summary>32-bit signed.</summary>
    S32,

    /// <summary>32-bit float, full scale 1.</summary>
    F32,

    /// <summary>64-bit float, full scale 1.</summary>
    F64,

    /// <summary>G.711 µ-law, one byte.</summary>
    MuLaw,

    /// <summary>G.711 A-law, one byte.</summary>
    ALaw,
}

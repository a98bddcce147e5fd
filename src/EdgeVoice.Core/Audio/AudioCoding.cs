namespace EdgeVoice.Core.Audio;

/// <summary>How the session's audio is coded on the wire, either way.</summary>
public enum AudioCoding
{
    /// <summary>16-bit little-endian PCM.</summary>
    Pcm16,

    /// <summary>G.711 u-law.</summary>
    MuLaw,

    /// <summary>G.711 A-law.</summary>
    ALaw,
}

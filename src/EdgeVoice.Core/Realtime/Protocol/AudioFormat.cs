namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Format of a session's sound, mono: 16-bit PCM, or G.711 µ-law or A-law at 8 kHz.</summary>
/// <param name="Type">The wire's name: <c>audio/pcm</c>, <c>audio/pcmu</c> or <c>audio/pcma</c>.</param>
/// <param name="Rate">Samples a second: 24000 for PCM (some other servers: 8000 to 48000), 8000 for G.711.</param>
public sealed record AudioFormat(string Type, int Rate)
{
    /// <summary>Signed 16-bit little-endian at 24 kHz.</summary>
    public static AudioFormat Pcm16 { get; } = new("audio/pcm", 24000);

    /// <summary>G.711 µ-law at 8 kHz.</summary>
    public static AudioFormat Pcmu { get; } = new("audio/pcmu", 8000);

    /// <summary>G.711 A-law at 8 kHz.</summary>
    public static AudioFormat Pcma { get; } = new("audio/pcma", 8000);

    /// <summary>True for 16-bit PCM.</summary>
    public bool IsPcm => Type == Pcm16.Type;

    /// <summary>Bytes of one sample on the wire, before base64: 2 for PCM, 1 for G.711.</summary>
    public int BytesPerSample => IsPcm ? 2 : 1;

    /// <summary>The format of a name on the wire, GA or older (<c>pcm16</c>, <c>g711_ulaw</c>, <c>g711_alaw</c>), or null.</summary>
    public static AudioFormat? FromName(string name) => name switch
    {
        "audio/pcm" or "pcm16" or "pcm" => Pcm16,
        "audio/pcmu" or "g711_ulaw" or "pcmu" => Pcmu,
        "audio/pcma" or "g711_alaw" or "pcma" => Pcma,
        _ => null,
    };
}

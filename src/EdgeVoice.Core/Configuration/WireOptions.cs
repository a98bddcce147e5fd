using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Audio format on the wire.</summary>
public enum WireFormat
{
    /// <summary>16-bit little-endian PCM, mono, 24 kHz.</summary>
    [JsonStringEnumMemberName("pcm16")]
    Pcm16,

    /// <summary>G.711 mu-law, mono, 8 kHz.</summary>
    [JsonStringEnumMemberName("pcmu")]
    Pcmu,

    /// <summary>G.711 A-law, mono, 8 kHz.</summary>
    [JsonStringEnumMemberName("pcma")]
    Pcma,
}

/// <summary>Noise reduction done by the server before detection and model.</summary>
public enum NoiseReduction
{
    /// <summary>For a microphone close to the mouth.</summary>
    [JsonStringEnumMemberName("near_field")]
    NearField,

    /// <summary>For a microphone across the room.</summary>
    [JsonStringEnumMemberName("far_field")]
    FarField,
}

/// <summary>What is sent.</summary>
public sealed record InputOptions
{
    /// <summary>Format on the wire; default pcm16.</summary>
    [Option("Format on the wire.", Effect = OptionEffect.Device)]
    public WireFormat Format { get; init; } = WireFormat.Pcm16;

    /// <summary>Sound in one append event, in milliseconds; 20 to 100, default 40.</summary>
    [Option("Sound in one append event.", Unit = "ms", Min = 20, Max = 100, Effect = OptionEffect.Device)]
    public int ChunkMs { get; init; } = 40;
}

/// <summary>What is received.</summary>
public sealed record OutputOptions
{
    /// <summary>Format on the wire; default pcm16.</summary>
    [Option("Format on the wire.", Effect = OptionEffect.Device)]
    public WireFormat Format { get; init; } = WireFormat.Pcm16;

    /// <summary>What answers consist of; default audio.</summary>
    [Option("What answers consist of.", Effect = OptionEffect.Device)]
    public AnswerModality Modality { get; init; }
}

using System.Buffers.Binary;
using System.Text.Json.Nodes;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Simulator.Server;

/// <summary>One of the three wire formats: PCM16 at 24 kHz, G.711 mu-law and A-law at 8 kHz. Rate in Hz.</summary>
internal sealed record AudioCodec(string Type, int Rate, int BytesPerSample)
{
    private static readonly AudioCodec Pcm = new("audio/pcm", 24000, 2);
    private static readonly AudioCodec MuLaw = new("audio/pcmu", 8000, 1);
    private static readonly AudioCodec ALaw = new("audio/pcma", 8000, 1);

    internal static AudioCodec Of(JsonNode format) => format["type"]!.GetValue<string>() switch
    {
        "audio/pcmu" => MuLaw,
        "audio/pcma" => ALaw,
        _ => Pcm,
    };

    internal short[] Decode(ReadOnlySpan<byte> wire)
    {
        var samples = new short[wire.Length / BytesPerSample];
        if (this == MuLaw)
            G711.DecodeMuLaw(wire, samples);
        else if (this == ALaw)
            G711.DecodeALaw(wire, samples);
        else
        {
            for (var i = 0; i < samples.Length; i++)
                samples[i] = BinaryPrimitives.ReadInt16LittleEndian(wire[(2 * i)..]);
        }
        return samples;
    }

    internal byte[] Encode(ReadOnlySpan<short> samples)
    {
        var wire = new byte[samples.Length * BytesPerSample];
        if (this == MuLaw)
            G711.EncodeMuLaw(samples, wire);
        else if (this == ALaw)
            G711.EncodeALaw(samples, wire);
        else
            PcmBytes(samples, wire);
        return wire;
    }

    /// <summary>Little-endian PCM16, the form that is hashed.</summary>
    internal static void PcmBytes(ReadOnlySpan<short> samples, Span<byte> bytes)
    {
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes[(2 * i)..], samples[i]);
    }

    internal double Ms(long samples) => samples * 1000.0 / Rate;

    internal long Samples(double ms) => (long)(ms * Rate / 1000.0);
}

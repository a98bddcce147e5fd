using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Device;

/// <summary>The configuration's names of wire formats, as each stage calls them.</summary>
internal static class WireFormats
{
    public static AudioFormat Of(WireFormat format) => format switch
    {
        WireFormat.Pcmu => AudioFormat.Pcmu,
        WireFormat.Pcma => AudioFormat.Pcma,
        _ => AudioFormat.Pcm16,
    };

    public static AudioCoding Coding(WireFormat format) => format switch
    {
        WireFormat.Pcmu => AudioCoding.MuLaw,
        WireFormat.Pcma => AudioCoding.ALaw,
        _ => AudioCoding.Pcm16,
    };

    public static UplinkOptions Uplink(EdgeVoiceOptions options) => new(
        Of(options.Realtime.Input.Format).Rate,
        Coding(options.Realtime.Input.Format),
        options.Realtime.Input.ChunkMs,
        options.Conversation.TapEndSilenceMs,
        options.Conversation.AnswerEveryKeptTurn);
}

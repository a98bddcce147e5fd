using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Downlink;
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

    public static OutputCoding Coding(WireFormat format) => format switch
    {
        WireFormat.Pcmu => OutputCoding.MuLaw,
        WireFormat.Pcma => OutputCoding.ALaw,
        _ => OutputCoding.Pcm16,
    };

    public static UplinkOptions Uplink(EdgeVoiceOptions options) => new(
        Of(options.Realtime.Input.Format).Rate,
        options.Realtime.Input.Format switch
        {
            WireFormat.Pcmu => InputCoding.MuLaw,
            WireFormat.Pcma => InputCoding.ALaw,
            _ => InputCoding.Pcm16,
        },
        options.Realtime.Input.ChunkMs,
        options.Conversation.TapEndSilenceMs,
        options.Conversation.AnswerEveryKeptTurn);
}

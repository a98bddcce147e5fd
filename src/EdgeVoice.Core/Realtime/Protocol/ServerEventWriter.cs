using System.Buffers;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Writes server events as the server would: for a stand-in server and for tests.</summary>
/// <remarks>Any thread may write.</remarks>
public static class ServerEventWriter
{
    /// <summary>Writes one event as one JSON object in UTF-8.</summary>
    /// <exception cref="ArgumentException">The event is a <see cref="MalformedServerEvent"/>, which is none.</exception>
    public static void Write(IBufferWriter<byte> output, ServerEvent e)
    {
        if (e is MalformedServerEvent malformed)
            throw new ArgumentException($"A malformed event cannot be written ({malformed.Reason}).", nameof(e));
        WireWriter.Write(output, e);
    }
}

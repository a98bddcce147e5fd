using System.Buffers;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Writes messages to the server: exact field names, nothing that was not set, null where null was set.</summary>
/// <remarks>Any thread may write.</remarks>
public static class ClientEventWriter
{
    /// <summary>Writes one event as one JSON object in UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, ClientEvent e) => WireWriter.Write(output, e);
}

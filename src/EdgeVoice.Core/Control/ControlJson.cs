using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Control;

/// <summary>The JSON of the control socket, without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 16)]
[JsonSerializable(typeof(ControlRequest))]
[JsonSerializable(typeof(ControlReply))]
[JsonSerializable(typeof(ControlEvent))]
internal sealed partial class ControlJson : JsonSerializerContext
{
    /// <summary>A reply as one line with its line feed.</summary>
    public static byte[] Line(ControlReply reply) => [.. JsonSerializer.SerializeToUtf8Bytes(reply, Default.ControlReply), (byte)'\n'];

    /// <summary>An event as one line with its line feed.</summary>
    public static byte[] Line(ControlEvent happened) => [.. JsonSerializer.SerializeToUtf8Bytes(happened, Default.ControlEvent), (byte)'\n'];

    /// <summary>A request as one line with its line feed.</summary>
    public static byte[] Line(ControlRequest request) => [.. JsonSerializer.SerializeToUtf8Bytes(request, Default.ControlRequest), (byte)'\n'];
}

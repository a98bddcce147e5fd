using System.Text.Json;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Reads messages of the server. Bad input is a value, never an exception.</summary>
/// <remarks>Any thread may read; the counters are shared.</remarks>
public sealed class ServerEventReader
{
    private readonly ProtocolCounters _counters;
    private readonly JsonSerializerOptions _options;

    /// <summary>Makes a reader that counts into <paramref name="counters"/>. Costly: make one and keep it.</summary>
    public ServerEventReader(ProtocolCounters counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        _counters = counters;
        _options = ProtocolJson.CreateOptions(counters);
    }

    /// <summary>
    /// Reads one whole message. Older names are given their present record; an unknown type is an <see cref="UnknownServerEvent"/>,
    /// anything else that cannot be read a <see cref="MalformedServerEvent"/>.
    /// </summary>
    public ServerEvent Read(ReadOnlySpan<byte> utf8Json)
    {
        _counters.CountEvent();
        string? type = null;
        try
        {
            type = TypeOf(utf8Json, out var eventId);
            if (type is null)
                return Malformed("the message has no type", null);
            if (ServerEventTypes.ByName.TryGetValue(type, out var record))
                return BetaSettings.Upgrade((ServerEvent)JsonSerializer.Deserialize(utf8Json, _options.GetTypeInfo(record))!, _options);
            _counters.CountUnknownEvent();
            return new UnknownServerEvent(type) { EventId = eventId };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException is how the reader reports bytes that are not UTF-8.
            return Malformed(error.Message, type);
        }
    }

    /// <summary>
    /// The hot path: reads an audio delta (<c>response.output_audio.delta</c>, or the beta's <c>response.audio.delta</c>) without
    /// allocating, its fields in any order. False for every other message: give that to <see cref="Read"/>.
    /// </summary>
    public bool TryReadAudioDelta(ReadOnlySpan<byte> utf8Json, out AudioDelta delta)
    {
        if (!AudioDeltaParser.TryParse(utf8Json, out delta))
            return false;
        _counters.CountAudioDelta();
        return true;
    }

    private MalformedServerEvent Malformed(string reason, string? type)
    {
        _counters.CountMalformed();
        return new MalformedServerEvent(reason) { ReceivedType = type };
    }

    /// <summary>The event's type, null where it has none; reads the whole message, so that half a message is found out here.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> utf8Json, out string? eventId)
    {
        string? type = null;
        eventId = null;
        var reader = new Utf8JsonReader(utf8Json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isId = !isType && reader.ValueTextEquals("event_id"u8);
            reader.Read();
            if (isType)
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            else if (isId)
                eventId = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            else
                reader.Skip();
        }

        // Throws where something follows the object.
        reader.Read();
        return type;
    }
}

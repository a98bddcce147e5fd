using System.Text.Json;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>Every example of a client event, read into our record of it and written again: each field has its place.</summary>
public sealed class ClientEventRoundTripTests
{
    private static readonly Dictionary<string, Type> Records = new()
    {
        ["session.update"] = typeof(SessionUpdate),
        ["input_audio_buffer.append"] = typeof(InputAudioBufferAppend),
        ["input_audio_buffer.commit"] = typeof(InputAudioBufferCommit),
        ["input_audio_buffer.clear"] = typeof(InputAudioBufferClear),
        ["output_audio_buffer.clear"] = typeof(OutputAudioBufferClear),
        ["conversation.item.create"] = typeof(ConversationItemCreate),
        ["conversation.item.retrieve"] = typeof(ConversationItemRetrieve),
        ["conversation.item.truncate"] = typeof(ConversationItemTruncate),
        ["conversation.item.delete"] = typeof(ConversationItemDelete),
        ["response.create"] = typeof(ResponseCreate),
        ["response.cancel"] = typeof(ResponseCancel),
    };

    [Fact]
    public void Examples_ReadAndWritten_AreEqual()
    {
        var counters = new ProtocolCounters();
        var options = ProtocolJson.CreateOptions(counters);
        foreach (var (name, json) in ProtocolFiles.ClientEvents())
        {
            // The specification's append is a placeholder in words, and an image's address is cut short.
            using var document = JsonDocument.Parse(json);
            var record = Records[document.RootElement.GetProperty("type").GetString()!];
            if (record == typeof(InputAudioBufferAppend) && !document.RootElement.GetProperty("audio").TryGetBytesFromBase64(out _)) continue;
            var e = (ClientEvent)JsonSerializer.Deserialize(json, options.GetTypeInfo(record))!;
            JsonAssert.Equal(json, ClientEventWriterTests.Write(e), name);
        }

        Assert.Equal((0, 0), (counters.UnknownFields, counters.UnknownEnumValues));
    }

    [Fact]
    public void Examples_CoverEveryEvent() => Assert.Equal(
        Records.Keys.Order(),
        ProtocolFiles.ClientEvents().Select(e => JsonDocument.Parse(e.Json).RootElement.GetProperty("type").GetString()!).Distinct().Order());
}

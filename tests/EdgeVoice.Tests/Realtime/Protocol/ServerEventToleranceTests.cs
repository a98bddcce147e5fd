using System.Text.Json.Nodes;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>Every example there is, as other servers and later versions might send it: nothing that is not needed may be needed.</summary>
public sealed class ServerEventToleranceTests
{
    private static readonly Dictionary<string, string> Older = new()
    {
        ["response.output_audio.delta"] = "response.audio.delta",
        ["response.output_audio.done"] = "response.audio.done",
        ["response.output_audio_transcript.delta"] = "response.audio_transcript.delta",
        ["response.output_audio_transcript.done"] = "response.audio_transcript.done",
        ["response.output_text.delta"] = "response.text.delta",
        ["response.output_text.done"] = "response.text.done",
    };

    private readonly ProtocolCounters _counters = new();
    private readonly ServerEventReader _reader;

    public ServerEventToleranceTests() => _reader = new ServerEventReader(_counters);

    [Fact]
    public void Examples_WithoutEventId_AreTheSameEvents() => EachIsAsBefore(json => json.Remove("event_id"));

    [Fact]
    public void Examples_WithUnknownFieldsInEveryObject_AreTheSameEvents()
    {
        EachIsAsBefore(AddUnknown);
        Assert.NotEqual(0, _counters.UnknownFields);
        Assert.Equal(0, _counters.Malformed);
    }

    [Fact]
    public void Examples_WithUnknownWords_StayTheirEvents()
    {
        foreach (var (name, text) in ProtocolFiles.ServerEvents())
        {
            var json = JsonNode.Parse(text)!.AsObject();
            ReplaceWords(json, isRoot: true);
            Assert.True(Read(json).GetType() == Read(JsonNode.Parse(text)!).GetType(), name);
        }

        Assert.NotEqual(0, _counters.UnknownEnumValues);
        Assert.Equal(0, _counters.Malformed);
    }

    [Fact]
    public void Examples_UnderTheirOlderNames_AreThePresentEvents()
    {
        var seen = new HashSet<string>();
        EachIsAsBefore(json =>
        {
            if (!Older.TryGetValue(json["type"]!.GetValue<string>(), out var older)) return;
            seen.Add(older);
            json["type"] = older;
        });
        Assert.Equal(Older.Count, seen.Count);
    }

    private static void AddUnknown(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) AddUnknown(item);
        }

        if (node is not JsonObject obj) return;
        foreach (var (_, value) in obj) AddUnknown(value);
        obj["x_new"] = new JsonObject { ["a"] = new JsonArray(1, null) };
    }

    // Words that a record has a set for; the type of the event itself is told apart elsewhere.
    private static void ReplaceWords(JsonNode? node, bool isRoot)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list) ReplaceWords(item, false);
        }

        if (node is not JsonObject obj) return;
        foreach (var name in (string[])["status", "role", "reason", "eagerness", "effort"])
        {
            if (obj[name] is JsonValue) obj[name] = "from_the_future";
        }

        if (!isRoot && obj["type"] is JsonValue && !obj.ContainsKey("rate")) obj["type"] = "from_the_future";
        foreach (var (_, value) in obj) ReplaceWords(value, false);
    }

    private void EachIsAsBefore(Action<JsonObject> change)
    {
        foreach (var (name, text) in ProtocolFiles.ServerEvents())
        {
            var before = Read(JsonNode.Parse(text)!);
            var json = JsonNode.Parse(text)!.AsObject();
            change(json);
            var after = Read(json);
            Assert.True(before.GetType() == after.GetType() && before.Type == after.Type, $"{name} became {after}");
        }
    }

    private ServerEvent Read(JsonNode json) => _reader.Read(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
}

using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

public sealed class ProtocolErrorTests
{
    [Theory]
    [InlineData("""{"type":"session.explode","event_id":"e"}""", "invalid_value", "type")]
    [InlineData("""{"event_id":"e"}""", "invalid_event", "type")]
    [InlineData("""{"type":"session.update","event_id":"e"}""", "missing_required_parameter", "session")]
    [InlineData("""{"type":"session.update","event_id":"e","session":{"instructions":"x"}}""", "missing_required_parameter", "session.type")]
    [InlineData("""{"type":"session.update","event_id":"e","session":{"type":"realtime","model":"other"}}""", "invalid_value", "session.model")]
    [InlineData("""{"type":"session.update","event_id":"e","session":{"type":"realtime","voice":"ash"}}""", "unknown_parameter", "session.voice")]
    [InlineData("""{"type":"session.update","event_id":"e","session":{"type":"realtime","output_modalities":["audio","text"]}}""", "invalid_value", "session.output_modalities")]
    [InlineData("""{"type":"session.update","event_id":"e","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcm","rate":16000}}}}}""", "invalid_value", "session.audio.input.format.rate")]
    [InlineData("""{"type":"session.update","event_id":"e","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"semantic_vad","threshold":0.5}}}}}""", "unknown_parameter", "session.audio.input.turn_detection.threshold")]
    [InlineData("""{"type":"input_audio_buffer.append","event_id":"e","audio":"AAA"}""", "invalid_value", "audio")]
    [InlineData("""{"type":"input_audio_buffer.append","event_id":"e","audio":"AA=="}""", "invalid_value", "audio")]
    [InlineData("""{"type":"input_audio_buffer.append","event_id":"e","audio":5}""", "invalid_type", "audio")]
    [InlineData("""{"type":"input_audio_buffer.commit","event_id":"e"}""", "input_audio_buffer_commit_empty", null)]
    [InlineData("""{"type":"response.cancel","event_id":"e"}""", "response_cancel_not_active", null)]
    [InlineData("""{"type":"conversation.item.retrieve","event_id":"e","item_id":"x"}""", "item_retrieve_invalid_item_id", "item_id")]
    [InlineData("""{"type":"conversation.item.delete","event_id":"e","item_id":"x"}""", "item_delete_invalid_item_id", "item_id")]
    [InlineData("""{"type":"conversation.item.truncate","event_id":"e","item_id":"x","content_index":0,"audio_end_ms":1}""", "item_truncate_invalid_item_id", "item_id")]
    [InlineData("""{"type":"conversation.item.truncate","event_id":"e","item_id":"x","content_index":0,"audio_end_ms":1.5}""", "invalid_type", "audio_end_ms")]
    [InlineData("""{"type":"conversation.item.create","event_id":"e","previous_item_id":"x","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"a"}]}}""", "item_create_invalid_previous_item_id", "previous_item_id")]
    [InlineData("""{"type":"conversation.item.create","event_id":"e","item":{"type":"message","role":"assistant","content":[{"type":"output_audio","audio":"AAAA"}]}}""", "invalid_value", "item.content[0].type")]
    [InlineData("""{"type":"conversation.item.create","event_id":"e","item":{"type":"function_call_output","call_id":"c","output":"x"}}""", "invalid_value", "item.call_id")]
    [InlineData("""{"type":"response.create","event_id":"e","response":{"input":[{"type":"item_reference","id":"x"}]}}""", "item_reference_invalid_item_id", "response.input")]
    [InlineData("""{"type":"response.create","event_id":"e","response":{"metadata":{"a":1}}}""", "invalid_type", "response.metadata.a")]
    public async Task WrongEvent_Sent_IsToldWithItsIdAndTheSessionGoesOn(string wire, string code, string? param)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync(wire);
        var error = (await client.UntilAsync("error"))["error"]!;
        Assert.Equal(("e", code, param), (WireClient.Text(error, "event_id"), WireClient.Text(error, "code"), error["param"]?.GetValue<string>()));
        await client.SendAsync("""{"type":"input_audio_buffer.clear"}""");
        await client.UntilAsync("input_audio_buffer.cleared");
    }

    [Theory]
    [InlineData("{\"type\":\"response.create\"")]
    [InlineData("[1]")]
    [InlineData("{\"type\":\"response.create\",\"type\":\"response.cancel\"}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public async Task NoEventAtAll_Sent_IsToldAndTheSessionGoesOn(string wire)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync(wire);
        Assert.Equal("invalid_event", WireClient.Text((await client.UntilAsync("error"))["error"]!, "code"));
        await client.SendBinaryAsync([1, 2, 3]);
        Assert.Equal("invalid_event", WireClient.Text((await client.UntilAsync("error"))["error"]!, "code"));
    }

    [Fact]
    public async Task Append_OfMoreThanFifteenMebibytes_IsRefused()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.PushToTalkAsync(server);
        await client.AppendAsync(new byte[15 << 20]);
        await client.AppendAsync(new byte[(15 << 20) + 6]);
        Assert.Equal("audio", WireClient.Text((await client.UntilAsync("error"))["error"]!, "param"));
        Assert.Equal((15 << 20) / 2, server.Sessions[0].ReceivedSamples);
    }

    [Fact]
    public async Task Truncate_ByItsRules_AnswersEachCase()
    {
        var script = new SimulatorScript { Turns = [new ScriptTurn { Answer = [new ToneAnswer(440, 1000, "a tone")] }] };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        await client.SpeakAsync(new short[4800]);
        await client.CommitAsync();
        var id = WireClient.Text((await client.UntilAsync("response.done"))["response"]!["output"]![0]!, "id");
        var user = WireClient.Text(client.All("input_audio_buffer.committed").Single(), "item_id");

        Assert.Equal("Only model output audio messages can be truncated", await ErrorAsync(client, Truncate(user, 0, 10)));
        Assert.Equal("Audio content of 1000ms is already shorter than 1001ms", await ErrorAsync(client, Truncate(id, 0, 1001)));
        Assert.Equal($"Content part 1 does not exist in item {id}.", await ErrorAsync(client, Truncate(id, 1, 10)));
        await client.SendAsync(Truncate(id, 0, 400));
        Assert.Equal(400, (await client.UntilAsync("conversation.item.truncated"))["audio_end_ms"]!.GetValue<int>());
        Assert.Equal("Audio content of 400ms is already shorter than 401ms", await ErrorAsync(client, Truncate(id, 0, 401)));
        await client.SendAsync($$"""{"type":"conversation.item.retrieve","item_id":"{{id}}"}""");
        Assert.Null((await client.UntilAsync("conversation.item.retrieved"))["item"]!["content"]![0]!["transcript"]);
        await client.SendAsync($$"""{"type":"conversation.item.delete","item_id":"{{id}}"}""");
        await client.UntilAsync("conversation.item.deleted");
        Assert.Equal($"Item with item_id not found: {id}", await ErrorAsync(client, Truncate(id, 0, 10)));
        Assert.Equal([new TruncatedItem(id, 0, 400)], server.Sessions[0].Truncations);
        Assert.Equal([id], server.Sessions[0].Deletions);
    }

    [Fact]
    public async Task VoiceAndItemIds_AfterSound_AreFixed()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        const string Item = """{"type":"conversation.item.create","item":{"id":"mine","type":"message","role":"user","content":[{"type":"input_text","text":"hello"}]}}""";
        await client.SendAsync(Item);
        await client.UntilAsync("conversation.item.done");
        Assert.Equal("An item with id 'mine' already exists in the conversation.", await ErrorAsync(client, Item));
        await client.SendAsync(Voice("ash"));
        await client.UntilAsync("session.updated");
        await client.SendAsync("""{"type":"response.create"}""");
        await client.UntilAsync("response.done");
        Assert.Equal("Cannot update a conversation's voice if assistant audio is present.", await ErrorAsync(client, Voice("marin")));
        await client.SendAsync(Voice("ash"));
        await client.UntilAsync("session.updated");
    }

    [Theory]
    [InlineData("?model=gpt-realtime", "OpenAI-Beta", "realtime=v1", 4000, "beta_api_shape_disabled")]
    [InlineData("", "Authorization", "Bearer right", 4000, "missing_model")]
    [InlineData("?model=gpt-realtime", "Authorization", "Bearer wrong", 3000, "invalid_api_key")]
    [InlineData("?model=no-such-model", "Authorization", "Bearer right", 4004, "model_not_found")]
    public async Task Connection_ThatIsRefused_OpensThenErrorThenClose(string query, string header, string value, int close, string code)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { RequiredKey = "right" });
        await using var client = await WireClient.ConnectAsync(server, query, options => options.SetRequestHeader(header, value));
        await client.UntilClosedAsync();
        Assert.Equal(["error"], client.Types());
        Assert.Equal(code, WireClient.Text(client.Events[0]["error"]!, "code"));
        Assert.Equal((close, $"invalid_request_error.{code}"), (client.CloseCode, client.CloseReason));
    }

    [Fact]
    public async Task Session_PastItsLifetime_ExpiresWithErrorAndClose()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { SessionLifetime = TimeSpan.FromMilliseconds(300) });
        await using var client = await WireClient.ConnectAsync(server);
        await client.UntilClosedAsync();
        Assert.Equal("session_expired", WireClient.Text(client.All("error").Single()["error"]!, "code"));
        Assert.Equal(1001, client.CloseCode);
    }

    private static string Truncate(string id, int part, int ms) =>
        $$"""{"type":"conversation.item.truncate","item_id":"{{id}}","content_index":{{part}},"audio_end_ms":{{ms}}}""";

    private static string Voice(string voice) => $$$"""{"type":"session.update","session":{"type":"realtime","audio":{"output":{"voice":"{{{voice}}}" } } } }""";

    private static async Task<string> ErrorAsync(WireClient client, string wire)
    {
        await client.SendAsync(wire);
        return WireClient.Text((await client.UntilAsync("error"))["error"]!, "message");
    }
}

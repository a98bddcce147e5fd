using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>A server that calls remote tools: what it asks is answered on the wire, and the turn ends with its words.</summary>
[Collection(WholeDevice.Name)]
public sealed class McpTests
{
    [Fact]
    public async Task Approval_AskedForInATurn_IsRefusedAndTheAnswerRead()
    {
        string? settings = null, refusal = null;
        await using var server = await ScriptedServer.StartAsync(async peer =>
        {
            await ListAsync(peer);
            await peer.UntilAsync("conversation.item.create");
            settings = peer.Settings;
            var turn = Turn(await peer.UntilAsync("response.create"));
            await peer.SendAsync(Response("response.created", "r1", "in_progress", turn));
            await peer.SendAsync("""{"type":"response.output_item.done","event_id":"e","response_id":"r1","output_index":0,"item":{"id":"mcpr_1","type":"mcp_approval_request","server_label":"home","name":"lights","arguments":"{}"}}""");
            await peer.SendAsync(Response("response.done", "r1", "completed", turn));
            refusal = await peer.UntilAsync("conversation.item.create");
            await peer.SendAsync(Response("response.created", "r2", "in_progress", null));
            await peer.SendAsync("""{"type":"response.output_text.delta","event_id":"e","response_id":"r2","item_id":"i2","output_index":0,"content_index":0,"delta":"I may not."}""");
            await peer.SendAsync("""{"type":"response.output_text.done","event_id":"e","response_id":"r2","item_id":"i2","output_index":0,"content_index":0,"text":"I may not."}""");
            await peer.SendAsync(Response("response.done", "r2", "completed", null));
        });
        await using var device = await DeviceUnderTest.StartAtAsync(server.Url, new DeviceSetup { Configure = WithServer });
        await device.ReadyAsync();
        device.Device.Conversation.Post(new TextSaid("Lights on."));
        await device.News.UntilAsync(() => device.Device.Words.Assistant == "I may not." && device.News.State.Turn == TurnState.Idle, "the answer");
        await device.FinishAsync();

        Assert.Contains("\"server_label\":\"home\"", settings, StringComparison.Ordinal);
        Assert.Contains("\"approval_request_id\":\"mcpr_1\",\"approve\":false", refusal, StringComparison.Ordinal);
        Assert.Null(ClientShapes.Check(JsonNode.Parse(refusal!)!.AsObject()));
        await EventJudge.CheckAsync([settings!, refusal!]);
        Assert.Single(device.News.Told, t => t.Contains("requireApproval", StringComparison.Ordinal));
    }

    private static async Task ListAsync(ScriptedServer.Peer peer)
    {
        await peer.SendAsync("""{"type":"conversation.item.added","event_id":"e","previous_item_id":null,"item":{"id":"mcpl_1","type":"mcp_list_tools","server_label":"home","tools":[]}}""");
        await peer.SendAsync("""{"type":"mcp_list_tools.in_progress","event_id":"e","item_id":"mcpl_1"}""");
        await peer.SendAsync("""{"type":"mcp_list_tools.completed","event_id":"e","item_id":"mcpl_1"}""");
    }

    private static string Response(string type, string id, string status, string? turn) =>
        $$$"""{"type":"{{{type}}}","event_id":"e","response":{"id":"{{{id}}}","object":"realtime.response","status":"{{{status}}}","output":[],"metadata":{{{(turn is null ? "null" : $$"""{"edgevoice_turn":"{{turn}}"}""")}}}}}""";

    private static string Turn(string create)
    {
        using var json = JsonDocument.Parse(create);
        return json.RootElement.GetProperty("response").GetProperty("metadata").GetProperty("edgevoice_turn").GetString()!;
    }

    private static EdgeVoiceOptions WithServer(EdgeVoiceOptions options) => options with
    {
        Realtime = options.Realtime with
        {
            Output = options.Realtime.Output with { Modality = AnswerModality.Text },
            Tools = [new ToolOptions { Type = ToolType.Mcp, ServerLabel = "home", ServerUrl = "https://home.example/mcp" }],
        },
    };
}

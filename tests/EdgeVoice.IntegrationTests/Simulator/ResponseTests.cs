using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

public sealed class ResponseTests
{
    private const string Ask = """{"type":"response.create"}""";

    [Fact]
    public async Task Cancel_InTheMiddle_EndsAtOnceWithPartialOutput()
    {
        await using var server = await StartAsync(new ToneAnswer(440, 60_000, "a very long tone indeed"), speed: 4);
        await using var client = await WireClient.PushToTalkAsync(server);
        await SayAsync(client, "go");
        await client.SendAsync(Ask);
        await client.UntilAsync("response.output_audio.delta");
        await client.SendAsync(Ask);
        var busy = (await client.UntilAsync("error"))["error"]!;
        Assert.Equal("conversation_already_has_active_response", WireClient.Text(busy, "code"));
        await client.SendAsync("""{"type":"response.cancel"}""");
        var done = (await client.UntilAsync("response.done"))["response"]!;
        Assert.Equal(("cancelled", "client_cancelled"), (WireClient.Text(done, "status"), WireClient.Text(done["status_details"]!, "reason")));
        Assert.Equal(
            ["response.output_audio.done", "response.output_audio_transcript.done", "response.content_part.done", "conversation.item.done", "response.output_item.done", "response.done"],
            client.Types().TakeLast(6));
        await client.SendAsync(Ask);
        await client.UntilAsync("response.created");
        Assert.Equal(client.Sound(server.Sessions[0].Sent[0].ItemId).Length / 2, server.Sessions[0].Sent[0].Samples);
    }

    [Fact]
    public async Task ToolCall_Answered_ContinuesTheSameTurn()
    {
        var script = new SimulatorScript
        {
            Turns = [new ScriptTurn { Text = "timer", Answer = [new TextAnswer("One moment."), new ToolCallAnswer("set_timer", """{"seconds":60}""")], Then = [[new TextAnswer("It runs.")]] }],
        };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        await SayAsync(client, " Timer ");
        await client.SendAsync(Ask);
        var output = (await client.UntilAsync("response.done"))["response"]!["output"]!.AsArray();
        Assert.Equal(["message", "function_call"], output.Select(item => WireClient.Text(item!, "type")));
        Assert.Equal("""{"seconds":60}""", string.Concat(client.All("response.function_call_arguments.delta").Select(wire => WireClient.Text(wire, "delta"))));
        var call = WireClient.Text(output[1]!, "call_id");
        await client.SendAsync($$"""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"{{call}}","output":"ok"} }""");
        await client.SendAsync(Ask);
        var done = await client.UntilAsync("response.done");
        Assert.Equal("It runs.", WireClient.Text(done["response"]!["output"]![0]!["content"]![0]!, "transcript"));
    }

    [Fact]
    public async Task ToolCalls_SeveralInOneResponse_EachTakesOneOutput()
    {
        var script = new SimulatorScript
        {
            Turns = [new ScriptTurn { Text = "both", Answer = [new ToolCallAnswer("a", "{}"), new ToolCallAnswer("b", "")], Then = [[new ToolCallAnswer("c", "{}")], [new TextAnswer("Both.")]] }],
        };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        await SayAsync(client, "both");
        await client.SendAsync(Ask);
        var calls = await CallsAsync(client);
        Assert.Equal(2, calls.Distinct().Count());
        foreach (var call in calls) await client.SendAsync(Output(call));
        await client.SendAsync(Output(calls[1]));
        Assert.Equal("item.call_id", WireClient.Text((await client.UntilAsync("error"))["error"]!, "param"));
        await client.SendAsync(Ask);
        await client.SendAsync(Output((await CallsAsync(client)).Single()));
        await client.SendAsync(Ask);
        var done = await client.UntilAsync("response.done");
        Assert.Equal("Both.", WireClient.Text(done["response"]!["output"]![0]!["content"]![0]!, "transcript"));
        Assert.Single(server.Sessions[0].Errors);
    }

    [Fact]
    public async Task ToolCall_FollowUpBeforeTheResponseIsOver_IsRefused()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions
        {
            Script = new SimulatorScript { Turns = [new ScriptTurn { Text = "go", Answer = [new ToolCallAnswer("a", "{}"), new ToneAnswer(440, 20_000)] }] },
            Speed = 2,
        });
        await using var client = await WireClient.PushToTalkAsync(server);
        await SayAsync(client, "go");
        await client.SendAsync(Ask);
        var call = WireClient.Text((await client.UntilAsync("response.output_item.done"))["item"]!, "call_id");
        await client.SendAsync(Output(call));
        await client.SendAsync(Ask);
        Assert.Equal("conversation_already_has_active_response", WireClient.Text((await client.UntilAsync("error"))["error"]!, "code"));
    }

    private static async Task<List<string>> CallsAsync(WireClient client) =>
        [.. (await client.UntilAsync("response.done"))["response"]!["output"]!.AsArray().Select(item => WireClient.Text(item!, "call_id"))];

    private static string Output(string call) =>
        $$"""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"{{call}}","output":"ok"} }""";

    [Fact]
    public async Task OutOfBandText_DuringASpokenAnswer_RunsInParallelAndStaysOutOfTheConversation()
    {
        await using var server = await StartAsync(new ToneAnswer(440, 20_000), speed: 2);
        await using var client = await WireClient.PushToTalkAsync(server);
        await SayAsync(client, "go");
        await client.SendAsync(Ask);
        await client.UntilAsync("response.output_audio.delta");
        await client.SendAsync("""{"type":"response.create","response":{"conversation":"none","output_modalities":["text"],"metadata":{"purpose":"summary"},"input":[]}}""");
        var done = (await client.UntilAsync("response.done"))["response"]!;
        Assert.Null(done["conversation_id"]);
        Assert.Equal("summary", WireClient.Text(done["metadata"]!, "purpose"));
        var id = WireClient.Text(done["output"]![0]!, "id");
        Assert.DoesNotContain(client.All("conversation.item.added"), wire => WireClient.Text(wire["item"]!, "id") == id);
        await client.SendAsync("""{"type":"response.cancel"}""");
        Assert.Equal("cancelled", WireClient.Text((await client.UntilAsync("response.done"))["response"]!, "status"));
    }

    [Fact]
    public async Task MaxOutputTokens_TooFew_EndsIncomplete()
    {
        await using var server = await StartAsync(new ToneAnswer(440, 5000));
        await using var client = await WireClient.PushToTalkAsync(server);
        await SayAsync(client, "go");
        await client.SendAsync("""{"type":"response.create","response":{"max_output_tokens":20}}""");
        var done = (await client.UntilAsync("response.done"))["response"]!;
        Assert.Equal(("incomplete", "max_output_tokens"), (WireClient.Text(done, "status"), WireClient.Text(done["status_details"]!, "reason")));
        Assert.Equal(24000, server.Sessions[0].Sent[0].Samples);
    }

    [Fact]
    public async Task FailAndNone_FromTheScript_EndWithoutSound()
    {
        var script = new SimulatorScript { Turns = [new ScriptTurn { Answer = [new FailAnswer("inference_rate_limit_exceeded", "slow down")] }, new ScriptTurn()] };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script });
        await using var client = await WireClient.PushToTalkAsync(server);
        await SayAsync(client, "one");
        await client.SendAsync(Ask);
        var failed = (await client.UntilAsync("response.done"))["response"]!;
        Assert.Equal("inference_rate_limit_exceeded", WireClient.Text(failed["status_details"]!["error"]!, "code"));
        await SayAsync(client, "two");
        await client.SendAsync(Ask);
        var none = (await client.UntilAsync("response.done"))["response"]!;
        Assert.Equal("completed", WireClient.Text(none, "status"));
        Assert.Empty(none["output"]!.AsArray());
    }

    [Fact]
    public async Task SlowReader_OfAVeryLongAnswer_HoldsUpNobodyElse()
    {
        await using var server = await StartAsync(new ToneAnswer(440, 600_000), speed: double.PositiveInfinity);
        await using var lazy = await WireClient.PushToTalkAsync(server);
        await SayAsync(lazy, "go");
        await lazy.SendAsync(Ask);
        await server.Sessions[0].WaitAsync(session => session.ClientEvents.Count == 3, WireClient.Soon);
        await using var brisk = await WireClient.PushToTalkAsync(server);
        await SayAsync(brisk, "go");
        await brisk.SendAsync(Ask);
        await brisk.UntilAsync("response.done");
        Assert.Equal(14_400_000, server.Sessions[1].Sent.Single().Samples);
        Assert.Empty(server.Sessions[0].Sent);
    }

    private static Task<SimulatorServer> StartAsync(ScriptAnswer answer, double speed = 200) =>
        SimulatorServer.StartAsync(new SimulatorOptions { Script = new SimulatorScript { Otherwise = [answer] }, Speed = speed });

    private static Task SayAsync(WireClient client, string text) => client.SendAsync(
        $$$"""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"{{{text}}}"}]}}""");
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

/// <summary>Every kind of event the server can emit, against the published schema (where its copy is there).</summary>
public sealed class SchemaTests
{
    private const string Python = """
        import json, sys, jsonschema
        schema = json.load(open(sys.argv[1]))
        schema = {"$schema": schema.get("$schema"), "$defs": schema["$defs"], "$ref": "#/$defs/" + sys.argv[2]}
        check = jsonschema.Draft202012Validator(schema)
        bad = 0
        for line in sys.stdin:
            event = json.loads(line)
            errors = list(check.iter_errors(event))
            if errors:
                bad += 1
                print(event.get("type"), json.dumps(event)[:600])
                for error in errors[:1]:
                    best = jsonschema.exceptions.best_match([error])
                    print("   ", list(best.absolute_path), best.message[:300])
        sys.exit(1 if bad else 0)
        """;

    private static readonly SimulatorScript Script = new()
    {
        Turns =
        [
            new ScriptTurn { Text = "call", Answer = [new TextAnswer("Wait."), new ToolCallAnswer("f", "{\"a\":1}")] },
            new ScriptTurn { Text = "fail", Answer = [new FailAnswer("rate_limit_exceeded", "no")] },
            new ScriptTurn { Text = "long", Answer = [new ToneAnswer(440, 60_000)], Speed = 2 },
        ],
    };

    [Fact]
    public async Task EveryServerEvent_AgainstTheSchema_IsValid()
    {
        if (SchemaPath() is not { } schema)
            return;
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = Script, Speed = 500 });
        await using var client = await WireClient.ConnectAsync(server);
        await SpeakAsync(client);
        await TypeAsync(client, "call", "response.done");
        var call = WireClient.Text(client.All("response.function_call_arguments.done").Single(), "call_id");
        await client.SendAsync($$"""{"type":"conversation.item.create","previous_item_id":"root","item":{"type":"function_call_output","call_id":"{{call}}","output":"ok"} }""");
        await TypeAsync(client, "fail", "response.done");
        await client.SendAsync("""{"type":"response.create","response":{"conversation":"none","output_modalities":["text"],"input":[],"metadata":{"a":"b"},"max_output_tokens":100}}""");
        await client.UntilAsync("response.done");
        await TypeAsync(client, "long", "response.output_audio.delta");
        await client.SendAsync("""{"type":"response.cancel"}""");
        var id = WireClient.Text((await client.UntilAsync("response.done"))["response"]!["output"]![0]!, "id");
        await client.SendAsync($$"""{"type":"conversation.item.truncate","item_id":"{{id}}","content_index":0,"audio_end_ms":10}""");
        foreach (var item in new[] { id, WireClient.Text(client.All("input_audio_buffer.committed").First(), "item_id") })
            await client.SendAsync($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
        await client.SendAsync($$"""{"type":"conversation.item.delete","item_id":"{{id}}"}""");
        await client.SendAsync("""{"type":"nonsense"}""");
        await client.SendAsync("""{"type":"input_audio_buffer.clear","event_id":"last"}""");
        await client.UntilAsync("input_audio_buffer.cleared");

        Assert.Equal(31, client.Types().Distinct().Count());
        Assert.Equal("", await ValidateAsync(schema, client.Events));
    }

    private static async Task SpeakAsync(WireClient client)
    {
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"transcription":{"model":"whisper-1"},"turn_detection":{"type":"server_vad","idle_timeout_ms":5000}}}}}""");
        await client.SpeakAsync([.. Babble.Tone(300, 500, 24000), .. new short[24 * 300]]);
        await client.UntilAsync("response.done");
        await client.SpeakAsync(new short[24 * 6500]);
        await client.UntilAsync("input_audio_buffer.timeout_triggered");
        await client.UntilAsync("response.done");
    }

    private static async Task TypeAsync(WireClient client, string text, string until)
    {
        await client.SendAsync($$"""{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"{{text}}"}]} }""");
        await client.SendAsync("""{"type":"response.create"}""");
        await client.UntilAsync(until);
    }

    /// <summary>The schema's copy beside the repository; null where it is not there.</summary>
    private static string? SchemaPath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "protocol", "realtime-ga.schema.json");
            if (File.Exists(path))
                return path;
        }
        return null;
    }

    private static async Task<string> ValidateAsync(string schema, IEnumerable<JsonObject> events)
    {
        using var python = Process.Start(new ProcessStartInfo("python3", ["-W", "ignore", "-c", Python, schema, "RealtimeServerEvent"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = python.StandardOutput.ReadToEndAsync();
        var error = python.StandardError.ReadToEndAsync();
        foreach (var wire in events)
            await python.StandardInput.WriteLineAsync(wire.ToJsonString());
        python.StandardInput.Close();
        await python.WaitForExitAsync(WireClient.Soon);
        return await output + await error;
    }
}

using System.Text.Json.Nodes;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

public sealed class TurnDetectionTests
{
    [Fact]
    public async Task ServerVad_RecordedSpeech_MakesOneTurnWithItsTimes()
    {
        if (Recorded.Missing)
            return;
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 100 });
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync(Detection("""{"type":"server_vad","silence_duration_ms":500,"prefix_padding_ms":300}"""));
        await client.SpeakAsync(Recorded.Speech("conf-onlyperson", 24000, 1000, 1000));
        await client.UntilAsync("response.done");

        var started = Assert.Single(client.All("input_audio_buffer.speech_started"));
        var stopped = Assert.Single(client.All("input_audio_buffer.speech_stopped"));
        Assert.InRange(started["audio_start_ms"]!.GetValue<int>(), 740, 860);
        Assert.InRange(stopped["audio_end_ms"]!.GetValue<int>(), 4400, 4480);
        Assert.Equal(WireClient.Text(started, "item_id"), WireClient.Text(client.All("input_audio_buffer.committed").Single(), "item_id"));
        var heardMs = server.Sessions[0].Committed[0].Samples / 24.0;
        Assert.Equal(stopped["audio_end_ms"]!.GetValue<int>() - started["audio_start_ms"]!.GetValue<int>(), heardMs, 1.0);
    }

    [Fact]
    public async Task ServerVad_SilenceNoiseAndOffset_NeverMakeATurn()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions());
        await using var client = await WireClient.ConnectAsync(server);
        var random = new Random(5);
        await client.SpeakAsync(new short[48000]);
        await client.SpeakAsync([.. Enumerable.Range(0, 48000).Select(_ => (short)random.Next(-300, 300))]);
        await client.SpeakAsync([.. Enumerable.Repeat((short)9000, 48000)]);
        await client.SendAsync("""{"type":"input_audio_buffer.clear"}""");
        await client.UntilAsync("input_audio_buffer.cleared");
        Assert.DoesNotContain("input_audio_buffer.speech_started", client.Types());
    }

    [Fact]
    public async Task ServerVad_SpeechDuringAnAnswer_CancelsItWithTheReasonTurnDetected()
    {
        var script = new SimulatorScript { Otherwise = [new TextAnswer(string.Join(' ', Enumerable.Repeat("and so on", 40)))] };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Speed = 4 });
        await using var client = await WireClient.ConnectAsync(server);
        await client.SpeakAsync([.. Babble.Tone(300, 600, 24000), .. new short[12000]]);
        await client.UntilAsync("response.output_audio.delta");
        await client.SpeakAsync(Babble.Tone(300, 600, 24000));
        var done = (await client.UntilAsync("response.done"))["response"]!;

        Assert.Equal("cancelled", WireClient.Text(done, "status"));
        Assert.Equal("turn_detected", WireClient.Text(done["status_details"]!, "reason"));
        Assert.Equal("incomplete", WireClient.Text(done["output"]![0]!, "status"));
        var types = client.Types().ToList();
        Assert.DoesNotContain("response.output_audio.delta", types[types.LastIndexOf("input_audio_buffer.speech_started")..]);
        var sent = Assert.Single(server.Sessions[0].Sent);
        Assert.False(sent.Whole);
        Assert.Equal(client.Sound(sent.ItemId).Length / 2, sent.Samples);
    }

    [Theory]
    [InlineData(false, "auto", 300)]
    [InlineData(true, "low", 8000)]
    [InlineData(true, "medium", 4000)]
    [InlineData(true, "auto", 4000)]
    [InlineData(true, "high", 2000)]
    public async Task SemanticVad_AsTheScriptMarksTheTurn_WaitsItsTime(bool pausing, string eagerness, int waitMs)
    {
        var script = new SimulatorScript { Turns = [new ScriptTurn { Pausing = pausing, Answer = [new SilenceAnswer(100)] }] };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Speed = 100 });
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync(Detection($$"""{"type":"semantic_vad","eagerness":"{{eagerness}}"}"""));
        await client.SpeakAsync([.. Babble.Tone(300, 1000, 24000), .. new short[24 * (waitMs - 100)]]);
        await client.SendAsync("""{"type":"conversation.item.retrieve","item_id":"x"}""");
        await client.UntilAsync("error");
        Assert.DoesNotContain("input_audio_buffer.speech_stopped", client.Types());
        await client.SpeakAsync(new short[24 * 200]);
        var end = (await client.UntilAsync("input_audio_buffer.speech_stopped"))["audio_end_ms"]!.GetValue<int>();
        Assert.InRange(end, 1000 + waitMs - 20, 1000 + waitMs + 20);
    }

    [Fact]
    public async Task SemanticVad_PausingTurn_IsNotCutWhenSpeechGoesOn()
    {
        var script = new SimulatorScript { Turns = [new ScriptTurn { Pausing = true, Answer = [new SilenceAnswer(100)] }] };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Speed = 100 });
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync(Detection("""{"type":"semantic_vad","eagerness":"high"}"""));
        var speech = Babble.Tone(300, 500, 24000);
        await client.SpeakAsync([.. speech, .. new short[24 * 1800], .. speech, .. new short[24 * 1800], .. speech, .. new short[24 * 2100]]);
        await client.UntilAsync("input_audio_buffer.committed");
        Assert.InRange(server.Sessions[0].Committed[0].Samples / 24, 7000, 7200);
        Assert.Single(client.All("input_audio_buffer.speech_started"));
    }

    [Fact]
    public async Task IdleTimeout_WithoutSpeechAfterAnAnswer_CommitsAndAnswers()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 1000 });
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync(Detection("""{"type":"server_vad","idle_timeout_ms":5000}"""));
        await client.SpeakAsync([.. Babble.Tone(300, 500, 24000), .. new short[24 * 300]]);
        await client.UntilAsync("response.done");
        await client.SpeakAsync(new short[24 * 6500]);
        var fired = await client.UntilAsync("input_audio_buffer.timeout_triggered");
        Assert.Equal(5000, fired["audio_end_ms"]!.GetValue<int>() - fired["audio_start_ms"]!.GetValue<int>());
        await client.UntilAsync("response.done");
        Assert.Equal(2, server.Sessions[0].Committed.Count);
    }

    [Fact]
    public async Task NullDetection_WithSpeech_WaitsForTheCommit()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        await client.SpeakAsync([.. Babble.Tone(300, 800, 24000), .. new short[48000]]);
        await client.SendAsync("""{"type":"input_audio_buffer.commit"}""");
        await client.UntilAsync("conversation.item.done");
        Assert.DoesNotContain("input_audio_buffer.speech_started", client.Types());
        Assert.DoesNotContain("response.created", client.Types());
    }

    [Theory]
    [InlineData("audio/pcmu")]
    [InlineData("audio/pcma")]
    public async Task G711_BothWays_IsHeardDetectedAndRepeated(string type)
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 100 });
        await using var client = await WireClient.ConnectAsync(server);
        var format = $$"""{"type":"{{type}}"}""";
        await client.SendAsync($$$"""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{{{format}}} },"output":{"format":{{{format}}} } } } }""");
        var codec = AudioCodec.Of(JsonNode.Parse(format)!);
        var speech = Babble.Tone(440, 700, 8000);
        foreach (var piece in codec.Encode([.. new short[4000], .. speech, .. new short[4000]]).Chunk(160))
            await client.AppendAsync(piece);
        await client.UntilAsync("response.done");
        var sent = Assert.Single(server.Sessions[0].Sent);
        var heard = codec.Decode(client.Sound(sent.ItemId));
        Assert.Equal((8000, heard.Length), (sent.Rate, sent.Samples));
        Assert.Equal(SimulatedSession.Hash(heard), sent.Sha256);
        Assert.Equal(server.Sessions[0].Committed[0].Sha256, sent.Sha256);
    }

    private static string Detection(string detection) =>
        $$$"""{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{{{detection}}} } } } }""";
}

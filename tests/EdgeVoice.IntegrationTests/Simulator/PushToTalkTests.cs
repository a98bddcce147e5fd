using System.Security.Cryptography;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Simulator;

public sealed class PushToTalkTests
{
    [Fact]
    public async Task Turn_WithoutAScript_IsRepeatedSampleForSample()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        var said = Babble.Speak("what time is it", 24000);
        await client.SpeakAsync(said);
        await client.CommitAsync();
        var done = await client.UntilAsync("response.done");

        Assert.Equal("completed", WireClient.Text(done["response"]!, "status"));
        var itemId = WireClient.Text(done["response"]!["output"]![0]!, "id");
        Assert.Equal(WireClient.Bytes(said), client.Sound(itemId));
        var session = Assert.Single(server.Sessions);
        var sent = Assert.Single(session.Sent);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(client.Sound(itemId))), sent.Sha256);
        Assert.Equal(session.Committed[0].Sha256, sent.Sha256);
        Assert.Equal(said, session.ReceivedAudio());
    }

    [Fact]
    public async Task Turn_Always_KeepsTheOrderOfTheProtocol()
    {
        var script = new SimulatorScript { Turns = [new ScriptTurn { Answer = [new TextAnswer("Ten past four, more or less.")] }] };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        await client.SpeakAsync(Babble.Tone(440, 500, 24000));
        await client.CommitAsync();
        await client.UntilAsync("response.done");

        string[] expected =
        [
            "session.created", "conversation.created", "session.updated", "input_audio_buffer.committed", "conversation.item.added",
            "conversation.item.done", "response.created", "rate_limits.updated", "response.output_item.added", "conversation.item.added",
            "response.content_part.added", "response.output_audio.done", "response.output_audio_transcript.done", "response.content_part.done",
            "conversation.item.done", "response.output_item.done", "response.done",
        ];
        Assert.Equal(expected, client.Types().Where(type => !type.EndsWith(".delta", StringComparison.Ordinal)));
        Assert.Equal("Ten past four, more or less.", string.Concat(client.All("response.output_audio_transcript.delta").Select(wire => WireClient.Text(wire, "delta"))));
        var sizes = client.All("response.output_audio.delta").Select(wire => Convert.FromBase64String(WireClient.Text(wire, "delta")).Length).ToList();
        Assert.True(sizes.Distinct().Count() > 2, "deltas of uneven size");
        Assert.Contains(sizes, size => size % 2 == 1);
    }

    [Fact]
    public async Task Turn_ShorterThanAHundredMilliseconds_IsRefusedAndTheSessionGoesOn()
    {
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Speed = 100 });
        await using var client = await WireClient.PushToTalkAsync(server);
        await client.SpeakAsync(new short[2399]);
        await client.SendAsync("""{"type":"input_audio_buffer.commit","event_id":"mine"}""");
        var error = (await client.UntilAsync("error"))["error"]!;
        Assert.Equal("input_audio_buffer_commit_empty", WireClient.Text(error, "code"));
        Assert.Equal("mine", WireClient.Text(error, "event_id"));
        Assert.EndsWith("buffer only has 99.96ms of audio.", WireClient.Text(error, "message"), StringComparison.Ordinal);
        await client.SpeakAsync(new short[1]);
        await client.SendAsync("""{"type":"input_audio_buffer.commit"}""");
        await client.UntilAsync("input_audio_buffer.committed");
    }
}

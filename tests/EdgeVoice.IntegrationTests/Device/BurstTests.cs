using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Playback;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Ten minutes of audio as fast as the socket carries them.</summary>
[Collection(WholeDevice.Name)]
public sealed class BurstTests
{
    private const int Seconds = 600;
    private const int SamplesADelta = 4_800;
    private const int Deltas = Seconds * 24_000 / SamplesADelta;

    [Fact]
    public async Task Burst_TenMinutes_KeepsTheFirst16MiBAndHearsTheSpeechBehindIt()
    {
        var clock = new ArrivalClock("\"audio_start_ms\":20"u8.ToArray());
        var (sound, last) = (Clips.Noise(501, 1_000), Clips.Noise(502, 200));
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var after = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ScriptedServer.StartAsync(peer => PlayAsync(peer, sound, last, told, after));
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree(), Connector = clock };
        await using var device = await DeviceUnderTest.StartAtAsync(server.Url, setup);
        await device.ReadyAsync();
        var (allocated, held) = (GC.GetTotalAllocatedBytes(), GC.GetTotalMemory(forceFullCollection: true));
        device.Button.Tap();

        var cut = JsonNode.Parse(await told.Task.WaitAsync(TimeSpan.FromSeconds(60)))!;
        var ordered = device.News.Of<ConversationNews.ItemCut>().Single().OrderedNs;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        held = GC.GetTotalMemory(forceFullCollection: true) - held;
        await after.Task.WaitAsync(DeviceNews.Patience);
        await device.News.UntilAsync(() => device.News.ItemsHeard == 1, "the answer behind the burst");
        var dropped = device.Device.Downlink.DroppedSamples;
        var heard = await device.FinishAsync();

        Assert.InRange((ordered - clock.ArrivedNs) / 1e6, 0, 50);
        // What was heard in the meantime made room for as much.
        var place = heard.Find(Stream(sound, heard.Samples.Length));
        Assert.InRange(dropped, Deltas * (long)SamplesADelta - PlaybackQueues.DefaultSamples - place.Count - SamplesADelta,
            Deltas * (long)SamplesADelta - PlaybackQueues.DefaultSamples);
        Assert.InRange(((int?)cut["audio_end_ms"] ?? 0) - place.Count * 1000.0 / Clips.Rate, -10, 10);
        heard.NotHeardAfter(sound, place.Count == 0 ? 0 : place.End);
        Assert.Equal(last.Length, heard.Find(last).Count);
        // 38 MB of base64 passed by in this very process, server included.
        Assert.InRange(held / 1048576.0, -1_000, 8);
        Assert.InRange(allocated / 1048576.0, 0, 32);
    }

    private static async Task PlayAsync(
        ScriptedServer.Peer peer, short[] sound, short[] last, TaskCompletionSource<string> told, TaskCompletionSource after)
    {
        await peer.UntilAsync("input_audio_buffer.append");
        await peer.SendAsync(Event("input_audio_buffer.speech_started", "\"audio_start_ms\":0,\"item_id\":\"u1\""));
        await peer.SendAsync(Event("input_audio_buffer.speech_stopped", "\"audio_end_ms\":10,\"item_id\":\"u1\""));
        await peer.SendAsync(Event("input_audio_buffer.committed", "\"item_id\":\"u1\""));
        await BeginAsync(peer, "r1", "i1");
        foreach (var delta in Enumerable.Range(0, Deltas).Select(i => i % 5).Select(Parts(sound, "r1", "i1").ElementAt)) await peer.SendAsync(delta);
        await peer.SendAsync(Event("input_audio_buffer.speech_started", "\"audio_start_ms\":20,\"item_id\":\"u2\""));
        // Where the burst came faster than the first sample was heard there is nothing to keep of it.
        told.TrySetResult(await peer.UntilAsync("conversation.item.truncate", "conversation.item.delete"));
        await peer.SendAsync(Event("input_audio_buffer.speech_stopped", "\"audio_end_ms\":30,\"item_id\":\"u2\""));
        await peer.SendAsync(Event("input_audio_buffer.committed", "\"item_id\":\"u2\""));
        await BeginAsync(peer, "r2", "i2");
        await peer.SendAsync(Parts(last, "r2", "i2")[0]);
        await peer.SendAsync(Event("response.output_audio.done", "\"response_id\":\"r2\",\"item_id\":\"i2\",\"output_index\":0,\"content_index\":0"));
        await peer.SendAsync(Event("response.done", "\"response\":{\"id\":\"r2\",\"object\":\"realtime.response\",\"status\":\"completed\",\"output\":[]}"));
        after.TrySetResult();
    }

    private static async Task BeginAsync(ScriptedServer.Peer peer, string response, string item)
    {
        await peer.SendAsync(Event("response.created", $$"""
            "response":{"id":"{{response}}","object":"realtime.response","status":"in_progress","output":[]}
            """));
        await peer.SendAsync(Event("response.output_item.added", $$"""
            "response_id":"{{response}}","output_index":0,"item":{"id":"{{item}}","type":"message","role":"assistant","status":"in_progress","content":[]}
            """));
    }

    // A second of sound as five messages, made once: the server's own memory stays out of the figures.
    private static byte[][] Parts(short[] sound, string response, string item) =>
    [
        .. sound.Chunk(SamplesADelta).Select(part => System.Text.Encoding.UTF8.GetBytes(Event("response.output_audio.delta", $$"""
            "response_id":"{{response}}","item_id":"{{item}}","output_index":0,"content_index":0,"delta":"{{Convert.ToBase64String(MemoryMarshal.AsBytes<short>(part))}}"
            """))),
    ];

    private static string Event(string type, string fields) => $$"""{"type":"{{type}}","event_id":"e",{{fields.Trim()}}}""";

    private static short[] Stream(short[] sound, int length) => [.. Enumerable.Range(0, length).Select(i => sound[i % sound.Length])];
}

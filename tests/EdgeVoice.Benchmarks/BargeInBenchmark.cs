using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Device;
using EdgeVoice.Linux;
using EdgeVoice.Simulator.Devices;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Benchmarks;

/// <summary>Group <c>bargein</c>: speech_started in the receive loop's hands to silence ordered, in the whole device, no peer.</summary>
internal static class BargeInBenchmark
{
    private const int Trials = 300;
    private const int WarmTrials = 10;
    private const double BarMs = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(TextWriter output)
    {
        var time = TimeProvider.System;
        var (server, watch, sink) = (new BargeInTransport(time), new Watch(), new BargeInSink(new SimulatedSink(time), time));
        await using var device = Composition.Create(Options(), Ports(server, sink, time), watch, time, NullLoggerFactory.Instance);
        await device.StartAsync();
        await watch.Ready.WaitAsync(Patience);
        var (random, delta) = (new Random(1), Convert.ToBase64String(new byte[48_000]));
        List<double> toOrder = [], toStop = [];
        for (var trial = 0; trial < Trials + WarmTrials; trial++)
        {
            var sounds = watch.NextSound();
            Answer(server, trial, delta);
            await sounds.WaitAsync(Patience);
            await Task.Delay(random.Next(20, 50));
            var cut = watch.NextCut();
            server.Say("""{"type":"input_audio_buffer.speech_started","audio_start_ms":0,"item_id":"u"}""");
            var ordered = await cut.WaitAsync(Patience);
            if (trial < WarmTrials) continue;
            toOrder.Add((ordered - server.SpeechStartedNs) / 1e6);
            toStop.Add((sink.StoppedNs - server.SpeechStartedNs) / 1e6);
        }

        var table = new FigureTable(output);
        table.Head("barge-in by speech, no peer");
        table.Shown($"speech_started received to playback told to flush (ms), median of {Trials}", At(toOrder, .5));
        table.AtMost("speech_started received to playback told to flush (ms), p99", At(toOrder, .99), BarMs);
        table.Shown($"speech_started received to the card told to stop (ms), median of {Trials}", At(toStop, .5));
        table.AtMost("speech_started received to the card told to stop (ms), p99", At(toStop, .99), BarMs);
        table.Shown("speech_started received to the card told to stop (ms), max", At(toStop, 1));
        return table.Missed > 0 ? 1 : 0;
    }

    // A spoken turn and its answer, all of it at once: a server is far ahead of what sounds.
    private static void Answer(BargeInTransport server, int trial, string delta)
    {
        server.Say("""{"type":"input_audio_buffer.speech_started","audio_start_ms":0,"item_id":"u"}""");
        server.Say("""{"type":"input_audio_buffer.speech_stopped","audio_end_ms":1,"item_id":"u"}""");
        server.Say("""{"type":"input_audio_buffer.committed","item_id":"u"}""");
        server.Say($$$"""{"type":"response.created","response":{"id":"r{{{trial}}}","status":"in_progress"}}""");
        server.Say($$$"""{"type":"response.output_item.added","response_id":"r{{{trial}}}","item":{"id":"i{{{trial}}}","type":"message","role":"assistant","content":[]}}""");
        for (var i = 0; i < 5; i++)
            server.Say($$$"""{"type":"response.output_audio.delta","response_id":"r{{{trial}}}","item_id":"i{{{trial}}}","content_index":0,"delta":"{{{delta}}}"}""");
        server.Say($$$"""{"type":"response.done","response":{"id":"r{{{trial}}}","status":"completed","output":[]}}""");
    }

    private static EdgeVoiceOptions Options()
    {
        var defaults = new EdgeVoiceOptions();
        return defaults with { Conversation = defaults.Conversation with { Mode = ConversationMode.HandsFree, Open = ConversationOpening.Always } };
    }

    private static DevicePorts Ports(BargeInTransport server, IAudioSink sink, TimeProvider time)
    {
        var microphone = new CueSource(time);
        return new DevicePorts
        {
            OpenSource = () => microphone,
            OpenSink = () => sink,
            Endpoint = () => new TransportEndpoint(new Uri("ws://127.0.0.1/v1/realtime"), null),
            Buttons = [],
            Connector = server,
            Random = new Random(1),
            // As under run: without it the loudspeaker's thread waits for whoever else wants the processor.
            RaiseThread = () => RealTimeThread.TryRaise(),
        };
    }

    private static double At(List<double> values, double share) => values.Order().ElementAt(Math.Clamp((int)Math.Ceiling(values.Count * share) - 1, 0, values.Count - 1));

    private sealed class Watch : IConversationObserver
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile TaskCompletionSource? _sound;
        private volatile TaskCompletionSource<long>? _cut;

        public Task Ready => _ready.Task;

        public Task NextSound() => (_sound = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public Task<long> NextCut() => (_cut = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public void OnNews(ConversationNews news)
        {
            if (news is ConversationNews.StateChanged { State: { Link: LinkState.Ready, Gate: TurnGate.Streaming } }) _ready.TrySetResult();
            if (news is ConversationNews.ItemSounded) _sound?.TrySetResult();
            if (news is ConversationNews.ItemCut cut) _cut?.TrySetResult(cut.OrderedNs);
        }
    }
}

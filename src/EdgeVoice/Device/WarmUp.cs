using System.Buffers;
using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Button;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Uplink;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Device;

/// <summary>
/// A turn with nobody in it, before the device is ready: button, conversation, uplink and downlink run once on dummy data and
/// dummy ports, so that nothing is compiled in the first press. (The audio threads' own loops warm themselves up.)
/// </summary>
internal static class WarmUp
{
    private const int Rate = 24_000;
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs it; takes some hundred milliseconds the first time.</summary>
    public static async Task RunAsync(UplinkOptions options, TimeProvider time)
    {
        var stage = new Dummy(time);
        var captured = new BlockRing(1 << 16);
        using var uplink = new AudioUplink(captured, options, stage, time);
        var conversation = new ConversationLoop(
            new TurnRules(HandsFree: false), new ConversationPorts(new UplinkAdapter(uplink), stage, stage, stage), stage, time,
            NullLogger<ConversationLoop>.Instance);
        stage.Conversation = conversation;
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(conversation.RunAsync(stop.Token), uplink.RunAsync(stop.Token));
        uplink.Attach(Dummy.SendAsync);
        for (var round = 0; round < Rounds; round++)
        {
            Capture(captured, options.Rate, time.NowNs());
            Press(conversation, time.NowNs());
            Receive(time, conversation);
            await Task.WhenAny(stage.Appended, Task.Delay(Patience, time)).ConfigureAwait(false);
        }

        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    private static void Capture(BlockRing captured, int rate, long now)
    {
        Span<short> period = stackalloc short[rate / 100];
        for (var i = 0; i < period.Length; i++) period[i] = (short)(i * 97 % 20_000);
        for (var i = 50; i > 0; i--) captured.TryWrite(i * period.Length, now - i * 10_000_000L, period);
    }

    private static void Press(ConversationLoop conversation, long now)
    {
        var recognizer = new GestureRecognizer();
        Pass(recognizer.OnEdge(new ButtonEdge(true, now)), conversation);
        Pass(recognizer.OnTime(now + 31_000_000, true), conversation);
        Pass(recognizer.OnEdge(new ButtonEdge(false, now + 400_000_000)), conversation);
        Pass(recognizer.OnTime(now + 500_000_000, false), conversation);
    }

    private static void Pass(ReadOnlySpan<Gesture> gestures, ConversationLoop conversation)
    {
        foreach (var gesture in gestures) Composition.Pass(gesture, conversation, lights: null);
    }

    private static void Receive(TimeProvider time, ConversationLoop conversation)
    {
        var queue = new SpscRingBuffer<short>(1 << 14);
        var segments = new SpscRingBuffer<PlaybackSegment>(16);
        var downlink = new AudioDownlink(
            queue, segments, AudioCoding.Pcm16, Rate, time, item => conversation.Post(new ItemAudioStarted(item)), () => { });
        var reader = new ServerEventReader(new ProtocolCounters());
        foreach (var message in Messages)
        {
            if (reader.TryReadAudioDelta(message, out var delta))
                downlink.Write(delta.ResponseId, delta.ItemId, delta.ContentIndex, delta.Base64);
            else
                conversation.Post(new ServerSpoke(reader.Read(message)));
        }

        if (!segments.TryRead(out var segment)) return;
        conversation.Post(new SoundPlayed(new PlayedMark(PlayedMarkKind.Started, segment.Item, 0, 0, time.NowNs(), 0)));
        conversation.Post(new SoundPlayed(new PlayedMark(PlayedMarkKind.Flushed, segment.Item, 100, 100, time.NowNs(), int.MaxValue)));
    }

    private static readonly byte[][] Messages =
    [
        .. new[]
        {
            """{"type":"input_audio_buffer.committed","item_id":"i0"}""",
            """{"type":"response.created","response":{"id":"r1","status":"in_progress","output":[]}}""",
            """
            {"type":"response.output_item.added","response_id":"r1","output_index":0,
             "item":{"id":"i1","type":"message","status":"in_progress","role":"assistant","content":[]}}
            """,
            $$"""
            {"type":"response.output_audio.delta","response_id":"r1","item_id":"i1","output_index":0,"content_index":0,
             "delta":"{{Convert.ToBase64String(new byte[960])}}"}
            """,
            """{"type":"response.output_audio_transcript.delta","response_id":"r1","item_id":"i1","content_index":0,"delta":"."}""",
            """{"type":"input_audio_buffer.speech_started","audio_start_ms":0,"item_id":"i2"}""",
            """{"type":"input_audio_buffer.speech_stopped","audio_end_ms":10,"item_id":"i2"}""",
            """{"type":"response.done","response":{"id":"r1","status":"completed","output":[]}}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private sealed class Dummy(TimeProvider time) : IUplinkListener, IAnswerSound, ISessionOrders, IMicrophoneSwitch, IConversationObserver
    {
        private readonly TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ArrayBufferWriter<byte> _buffer = new();
        private int _epoch;

        public ConversationLoop? Conversation { get; set; }

        public Task Appended => _appended.Task;

        public static ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8) => ValueTask.FromResult(utf8.Length > 0);

        public void SpeechHeard(int turn) => Conversation?.Post(new SpeechHeard(turn));

        public void SilenceHeard(int turn) => Conversation?.Post(new LocalSilence(turn, time.NowNs()));

        public void FirstAppend(int turn, long timeNs) => _appended.TrySetResult();

        public void TurnEnded(int turn, TurnOutcome outcome) => Conversation?.Post(new TurnSent(turn, true));

        public void AudioLost(int turn, long samples) => Conversation?.Post(new TurnAudioLost(turn, samples));

        public void Pause()
        {
        }

        public void Resume()
        {
        }

        public int Flush(IReadOnlyCollection<string> responses) => ++_epoch;

        public void Refuse(string response)
        {
        }

        public bool Post(ClientEvent clientEvent)
        {
            _buffer.ResetWrittenCount();
            ClientEventWriter.Write(_buffer, clientEvent);
            return true;
        }

        public void Close()
        {
        }

        public void Open()
        {
        }

        public void OnNews(ConversationNews news)
        {
        }
    }
}

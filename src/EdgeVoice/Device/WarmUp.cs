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
    private const int Rounds = 4;
    private const long MsNs = 1_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs it; takes some hundred milliseconds the first time.</summary>
    public static async Task RunAsync(UplinkOptions options, TimeProvider time)
    {
        var stage = new WarmUpDummy(time);
        var captured = new BlockRing(1 << 16);
        using var uplink = new AudioUplink(captured, options, stage, time);
        var conversation = new ConversationLoop(
            new TurnRules(HandsFree: false), new ConversationPorts(new UplinkAdapter(uplink), stage, stage, stage), stage, time,
            NullLogger<ConversationLoop>.Instance);
        stage.Conversation = conversation;
        using var stop = new CancellationTokenSource();
        var running = Task.WhenAll(conversation.RunAsync(stop.Token), uplink.RunAsync(stop.Token));
        uplink.Attach(WarmUpDummy.SendAsync);
        conversation.Post(new LinkChanged(LinkState.Ready, null));
        for (var turn = 1; turn <= Rounds; turn++) await TurnAsync(turn, options.Rate, conversation, captured, stage, time).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
    }

    // What is said lies in the future: the turn ends as soon as its samples are there, whatever the clock says.
    private static async Task TurnAsync(
        int turn, int rate, ConversationLoop conversation, BlockRing captured, WarmUpDummy stage, TimeProvider time)
    {
        var (recognizer, now) = (new GestureRecognizer(), time.NowNs());
        stage.NextRound();
        Capture(captured, rate, now - 500 * MsNs, 50, loud: false);
        Pass(recognizer.OnEdge(new ButtonEdge(true, now)), conversation);
        await UntilAsync(stage.Appended, time).ConfigureAwait(false);
        Pass(recognizer.OnTime(now + 31 * MsNs, true), conversation);
        Capture(captured, rate, now, 60, loud: true);
        Pass(recognizer.OnTime(now + 320 * MsNs, true), conversation);
        Pass(recognizer.OnEdge(new ButtonEdge(false, now + 400 * MsNs)), conversation);
        Pass(recognizer.OnTime(now + 500 * MsNs, false), conversation);
        Capture(captured, rate, now + 600 * MsNs, 20, loud: true);
        await UntilAsync(stage.Sent, time).ConfigureAwait(false);
        stage.NextRound();
        Receive(turn, time, conversation);
        if (turn % 2 == 0) return;
        // The press that interrupted was a turn in which nobody spoke.
        Capture(captured, rate, now + 800 * MsNs, 150, loud: false);
        await UntilAsync(stage.Sent, time).ConfigureAwait(false);
    }

    private static async Task UntilAsync(Task happened, TimeProvider time) =>
        await Task.WhenAny(happened, Task.Delay(Patience, time)).ConfigureAwait(false);

    private static void Capture(BlockRing captured, int rate, long fromNs, int periods, bool loud)
    {
        Span<short> period = stackalloc short[rate / 100];
        for (var i = 0; i < period.Length; i++) period[i] = (short)(i * 97 % (loud ? 20_000 : 20));
        for (var i = 0; i < periods; i++) captured.TryWrite(i * period.Length, fromNs + i * 10 * MsNs, period);
    }

    private static void Pass(ReadOnlySpan<Gesture> gestures, ConversationLoop conversation)
    {
        foreach (var gesture in gestures) Composition.Pass(gesture, GestureActions.Default, conversation, lights: null);
    }

    // Every second answer is interrupted.
    private static void Receive(int turn, TimeProvider time, ConversationLoop conversation)
    {
        var queue = new SpscRingBuffer<short>(1 << 14);
        var segments = new SpscRingBuffer<PlaybackSegment>(16);
        var downlink = new AudioDownlink(
            queue, segments, AudioCoding.Pcm16, Rate, time, item => conversation.Post(new ItemAudioStarted(item)), () => { });
        var reader = new ServerEventReader(new ProtocolCounters());
        Read(WarmUpMessages.Begin(turn), reader, downlink, conversation);
        if (!segments.TryRead(out var segment)) return;
        conversation.Post(new SoundPlayed(new PlayedMark(PlayedMarkKind.Started, segment.Item, 0, 0, time.NowNs(), 0)));
        if (turn % 2 == 0)
        {
            Read(WarmUpMessages.End(turn), reader, downlink, conversation);
            conversation.Post(new SoundPlayed(new PlayedMark(PlayedMarkKind.Progress, segment.Item, 240, 240, time.NowNs(), 0)));
            conversation.Post(new SoundPlayed(new PlayedMark(PlayedMarkKind.Drained, segment.Item, 480, 480, time.NowNs(), 0)));
            return;
        }

        var (recognizer, now) = (new GestureRecognizer(), time.NowNs());
        Pass(recognizer.OnEdge(new ButtonEdge(true, now)), conversation);
        conversation.Post(new SoundPlayed(new PlayedMark(PlayedMarkKind.Paused, segment.Item, 100, 100, now, 0)));
        Pass(recognizer.OnTime(now + 31 * MsNs, true), conversation);
        conversation.Post(new SoundPlayed(new PlayedMark(PlayedMarkKind.Flushed, segment.Item, 100, 100, now, int.MaxValue)));
        downlink.Drop(1, ["r" + turn]);
        Read(WarmUpMessages.Interrupt(turn), reader, downlink, conversation);
        Pass(recognizer.OnTime(now + 320 * MsNs, true), conversation);
        Pass(recognizer.OnEdge(new ButtonEdge(false, now + 400 * MsNs)), conversation);
        Pass(recognizer.OnTime(now + 500 * MsNs, false), conversation);
    }

    private static void Read(IEnumerable<byte[]> messages, ServerEventReader reader, AudioDownlink downlink, ConversationLoop conversation)
    {
        foreach (var message in messages)
        {
            if (reader.TryReadAudioDelta(message, out var delta))
                downlink.Write(delta.ResponseId, delta.ItemId, delta.ContentIndex, delta.Base64);
            else
                conversation.Post(new ServerSpoke(reader.Read(message)));
        }
    }
}

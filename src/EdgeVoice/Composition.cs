using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Button;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Echo;
using EdgeVoice.Core.Led;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Core.Tools;
using EdgeVoice.Core.Uplink;
using EdgeVoice.Device;
using Microsoft.Extensions.Logging;

namespace EdgeVoice;

/// <summary>The only place that wires. Read it in the order of the path:</summary>
/// <remarks>
/// <code>
///  microphone -> Capture -> echo canceller -> [captured: 2^19 samples, 21 s] -> Uplink -> connection -> server
///                                                  history 2 s, kept turns 120 s
///  button     -> [gestures] -> Conversation: [4,096 events] -> orders to every stage
///  server     -> connection -> Downlink -> [samples: 16 MiB, 349 s; segments: 1,024] -> Playback -> loudspeaker
///  Playback   -> [marks: 4,096] -> Conversation            Playback -> [reference: 65,536 samples] -> echo canceller
///  client events -> [outbox: 256] -> connection            clips: [16] -> Playback
///  Conversation -> tools: [16 calls] -> Conversation
/// </code>
/// Every limit is a named constant where its queue is made; every drop is counted.
/// </remarks>
internal static class Composition
{
    /// <summary>Captured samples that may wait while a send hangs on a dead link, which is seen within ten seconds.</summary>
    public const int CapturedSamples = 1 << 19;

    /// <summary>Wires a device whose options never change.</summary>
    public static VoiceDevice Create(
        EdgeVoiceOptions options, DevicePorts ports, IConversationObserver observer, TimeProvider time, ILoggerFactory logs) =>
        Create(new LiveOptions(options), ports, observer, time, logs);

    /// <summary>Wires a device from its options and ports; nothing runs yet.</summary>
    public static VoiceDevice Create(
        LiveOptions live, DevicePorts ports, IConversationObserver observer, TimeProvider time, ILoggerFactory logs)
    {
        var options = live.Now;
        VoiceDevice? device = null;
        var input = WireFormats.Of(options.Realtime.Input.Format);
        var output = WireFormats.Of(options.Realtime.Output.Format);
        var words = new LastWords(observer);
        var figures = new SoundFigures(words);
        var listener = new StageListener(() => device!, figures, time);
        var raise = ports.RaiseThread is { } raiseThread ? new ThreadRaise(raiseThread).Raise : (Func<string?>?)null;

        // Microphone to socket.
        var captured = new BlockRing(CapturedSamples);
        var queues = new PlaybackQueues();
        var captureControl = new CaptureControl();
        captureControl.SetIdle(true);
        captureControl.StatusChanged += listener.OnMicrophone;
        var playbackControl = new PlaybackControl();
        var canceller = EchoCanceller(options, ports, queues, playbackControl);
        var capture = new CaptureLoop(
            ports.OpenSource, captured, captureControl, canceller, input.Rate, options.Audio.Capture.Channel, time,
            logs.CreateLogger<CaptureLoop>(), Level(options.Audio.Capture, ports), raise);
        var uplink = new AudioUplink(captured, WireFormats.Uplink(options), listener, time);

        // Socket to loudspeaker.
        playbackControl.ProblemChanged += listener.OnLoudspeaker;
        var volume = new LiveVolume(playbackControl, options.Audio.Playback.Volume, percent => device?.ShowVolume(percent));
        var playback = new PlaybackLoop(
            ports.OpenSink, queues, playbackControl, output.Rate, ports.Sounds?.Clips, time, logs.CreateLogger<PlaybackLoop>(), raise);
        var downlink = new AudioDownlink(
            queues.Samples, queues.Segments, WireFormats.Coding(options.Realtime.Output.Format), output.Rate, time,
            listener.OnItemStarted, () => Sound(playback, device!.Marks));

        // The link.
        var rules = Rules(options);
        var tools = DeviceTools.Create(options, ports.Tools, volume, () => Rules(live.Now), happened => device!.Conversation.Post(happened), time);
        var counters = new ProtocolCounters();
        var tokens = new ToolTokens(logs.CreateLogger<ToolTokens>());
        var session = new RealtimeSession(
            ports.Connector ?? new WebSocketConnector(time, () => live.Now.Realtime.CaFile), ports.Endpoint,
            () => new SessionUpdate(SessionSettings.From(live.Now, tokens.Read, tools)), moment => device!.Conversation.RecallAsync(moment), downlink, listener, counters, time,
            ports.Random, () => LinkMachine.IsWaitedFor(device!.Conversation.State, rules), logs.CreateLogger<RealtimeSession>());

        // The one writer of state, and what follows from its news.
        IConversationObserver watchers = new LightsObserver(
            new HurryObserver(new CaptureAttention(figures, captureControl), rules, session.Hurry), cue => device?.Scenes.OnCue(cue), () => device?.Lights?.Changed());
        var sounds = ports.Sounds is { } bank ? new SoundsObserver(watchers, bank, queues.Clips, playback.Wake, time, ports.HearsItself ? uplink.OwnSound : null) : null;
        var heard = sounds ?? watchers;
        var memory = MemoryFile(options.Conversation.Memory, ports, logs);
        var writer = memory is null ? null : new MemoryWriter(heard, memory, time);
        var conversation = new ConversationLoop(
            rules,
            new ConversationPorts(
                new UplinkAdapter(uplink), new SoundAdapter(downlink, playbackControl, captureControl, () => device!.Marks.Wake()), new SessionAdapter(() => session),
                new MicrophoneAdapter(captureControl, uplink))
            {
                Tools = new ToolsAdapter(new ToolRunner(tools, time, logs.CreateLogger<ToolRunner>())),
            },
            writer ?? heard, time, logs.CreateLogger<ConversationLoop>());
        conversation.Restore(memory?.Load() ?? []);
        var marks = new PlayedMarkPump(
            queues.Marks, conversation, time, () => playbackControl.Status.State == PlaybackDeviceState.Running);

        // People.
        var actions = new GestureActions(options.Button.Actions);
        var button = new ButtonLoop(ports.Buttons, gesture => Pass(gesture, device?.Actions ?? actions, conversation, device?.Lights), time);
        MuteSwitch? Switch(IButtonPin? pin) =>
            pin is null ? null : new MuteSwitch(pin, on => conversation.Post(new MuteSwitched(on, time.NowNs())), time);
        var scenes = new SceneSource(() => conversation.State, () => uplink.Level, () => button.IsDown, options.Led, time);
        var lightsLog = new LightsLog(logs.CreateLogger<LedLoop>());
        LedLoop? Lights(IPixelRing? ring) => ring is null ? null : new LedLoop(scenes.Now, ring, time, lightsLog.OnFailure);

        return device = new VoiceDevice
        {
            Capture = capture,
            CaptureControl = captureControl,
            Uplink = uplink,
            Downlink = downlink,
            Playback = playback,
            PlaybackControl = playbackControl,
            Session = session,
            Protocol = counters,
            Conversation = conversation,
            Marks = marks,
            Button = button,
            Actions = actions,
            MakeMuteSwitch = Switch,
            MuteSwitch = Switch(ports.MuteSwitch),
            MakeLights = Lights,
            Lights = Lights(ports.Ring),
            Scenes = scenes,
            Figures = figures,
            Words = words,
            Volume = volume,
            Sounds = sounds,
            Memory = writer,
            UplinkOptions = WireFormats.Uplink(options),
            Time = time,
            Log = logs.CreateLogger<VoiceDevice>(),
        };
    }

    private static void Sound(PlaybackLoop playback, PlayedMarkPump marks)
    {
        playback.Wake();
        marks.Wake();
    }

    // Files are kept to the bit; real converters have an offset.
    private static CaptureLevel Level(CaptureOptions options, DevicePorts ports) =>
        new(options.DcFilter ?? ports.IsRealMicrophone, options.GainDb.Db, options.GainDb.IsAutomatic);

    /// <summary>The rules of taking turns, as configured.</summary>
    internal static TurnRules Rules(EdgeVoiceOptions options) => new(
        options.Conversation.Mode == ConversationMode.HandsFree,
        options.Conversation.Open == ConversationOpening.Always,
        options.Realtime.TurnDetection.InterruptResponse,
        options.Realtime.TurnDetection.CreateResponse,
        options.Conversation.IdleTimeoutMs,
        GestureActions.Unmute(options.Button.Actions),
        options.Conversation.Memory.Tokens);

    private static MemoryFile? MemoryFile(MemoryOptions options, DevicePorts ports, ILoggerFactory logs)
    {
        if (!options.AcrossRestarts) return null;
        var log = logs.CreateLogger<MemoryFile>();
        if (ports.StateDirectory is { } directory) return new MemoryFile(directory, log);
        Device.MemoryFile.LogNoDirectory(log);
        return null;
    }

    // A real card hears its own loudspeaker: hands-free is half-duplex there until it can cancel the echo.
    private static IEchoCanceller EchoCanceller(EdgeVoiceOptions options, DevicePorts ports, PlaybackQueues queues, PlaybackControl playback)
    {
        var halfDuplex = options.Audio.Echo.Canceller switch
        {
            EchoCancellerChoice.HalfDuplex => true,
            EchoCancellerChoice.None => false,
            _ => options.Conversation.Mode == ConversationMode.HandsFree && ports.HearsItself,
        };
        return halfDuplex ? new HalfDuplexGate(queues.Reference, () => playback.Status.Rate) : new NoEchoCanceller();
    }

    /// <summary>A gesture as the conversation knows it; what it has no use for is dropped.</summary>
    internal static void Pass(Gesture gesture, GestureActions actions, ConversationLoop conversation, LedLoop? lights)
    {
        lights?.Changed();
        foreach (var press in actions.Of(gesture.Kind)) conversation.Post(new ButtonPressed(press, gesture.TimeNs));
    }
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Core.Sounds;
using EdgeVoice.Core.Tools;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Simulator.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>How a device under test differs from the usual one.</summary>
internal sealed record DeviceSetup
{
    /// <summary>Changes to the options; the usual ones are push-to-talk at full volume without echo canceller.</summary>
    public Func<EdgeVoiceOptions, EdgeVoiceOptions> Configure { get; init; } = options => options;

    /// <summary>Frames a second of the microphone, and of the loudspeaker unless it has a rate of its own.</summary>
    public int Rate { get; init; } = Clips.Rate;

    /// <summary>Frames a second of the loudspeaker; null: as the microphone.</summary>
    public int? LoudspeakerRate { get; init; }

    /// <summary>How connections are opened; null: WebSockets.</summary>
    public IRealtimeConnector? Connector { get; init; }

    /// <summary>The device's own sounds; null: none.</summary>
    public SoundBank? Sounds { get; init; }

    /// <summary>Tools besides those of the configuration.</summary>
    public IReadOnlyList<IDeviceTool> Tools { get; init; } = [];

    /// <summary>The microphone's plug.</summary>
    public Plug MicrophonePlug { get; init; } = new();

    /// <summary>The loudspeaker's plug.</summary>
    public Plug LoudspeakerPlug { get; init; } = new();
}

/// <summary>
/// The real composition with a virtual microphone, button and loudspeaker, against a server on a real socket. Its words are those
/// of a person: press, release, say, hear.
/// </summary>
internal sealed class DeviceUnderTest : IAsyncDisposable
{
    /// <summary>What is said where the test's own microphone lost samples.</summary>
    public const string TooBusy = "this machine is too busy for a microphone in real time";

    private static readonly TimeProvider Time = TimeProvider.System;
    private readonly string _wav = Path.Combine(Path.GetTempPath(), $"edgevoice-test-{Guid.NewGuid():N}.wav");
    private readonly SimulatorServer? _server;
    private readonly SimulatedSink _sink;
    private bool _finished;

    private DeviceUnderTest(DeviceSetup setup, SimulatorServer? server, Uri url)
    {
        _server = server;
        var rate = setup.LoudspeakerRate ?? setup.Rate;
        var period = rate / 100;
        _sink = new SimulatedSink(Time, _wav, new AudioStreamFormat(rate, 1, period, 3 * period));
        Microphone = new CueSource(Time, setup.Rate);
        Button = new ScriptedButton(Time);
        var ports = new DevicePorts
        {
            OpenSource = () => setup.MicrophonePlug.Through(Microphone),
            OpenSink = () => setup.LoudspeakerPlug.Through(_sink),
            Endpoint = () => new TransportEndpoint(url, null),
            Buttons = [Button],
            Connector = setup.Connector,
            Sounds = setup.Sounds,
            Tools = setup.Tools,
            Random = new Random(1),
        };
        Device = Composition.Create(setup.Configure(Usual(url)), ports, News, Time, NullLoggerFactory.Instance);
    }

    public CueSource Microphone { get; }

    public ScriptedButton Button { get; }

    public DeviceNews News { get; } = new();

    public VoiceDevice Device { get; }

    public SimulatorServer Server => _server ?? throw new InvalidOperationException("this device has no server of its own");

    /// <summary>The newest session of the server.</summary>
    public SimulatedSession Session => Server.Sessions[^1];

    /// <summary>A device connected to a server of its own.</summary>
    public static async Task<DeviceUnderTest> StartAsync(SimulatorOptions options, DeviceSetup? setup = null)
    {
        var server = await SimulatorServer.StartAsync(options);
        var device = new DeviceUnderTest(setup ?? new DeviceSetup(), server, new Uri(server.Url, "?model=gpt-realtime"));
        await device.Device.StartAsync();
        await device.ReadyAsync();
        return device;
    }

    /// <summary>A device whose server is somebody else's matter; no session is waited for.</summary>
    public static async Task<DeviceUnderTest> StartAtAsync(Uri url, DeviceSetup? setup = null)
    {
        var device = new DeviceUnderTest(setup ?? new DeviceSetup(), null, url);
        await device.Device.StartAsync();
        return device;
    }

    /// <summary>Changes to the options that make a device hands-free.</summary>
    public static Func<EdgeVoiceOptions, EdgeVoiceOptions> HandsFree(Func<TurnDetectionOptions, TurnDetectionOptions>? detection = null) =>
        options => options with
        {
            Conversation = options.Conversation with { Mode = ConversationMode.HandsFree },
            Realtime = options.Realtime with { TurnDetection = (detection ?? (d => d))(options.Realtime.TurnDetection) },
        };

    /// <summary>A server that gives these answers, one a turn.</summary>
    public static SimulatorOptions Answers(params short[][] answers) => new()
    {
        Script = new SimulatorScript { Turns = [.. answers.Select((answer, i) => Turn(i + 1, answer))] },
    };

    /// <summary>One turn's answer: an item for each sound.</summary>
    public static ScriptTurn Turn(int number, params short[][] items) => new()
    {
        Number = number,
        Answer = [.. items.Select((item, i) => new PcmAnswer(item, Clips.Rate, $"Answer {number}, item {i + 1}."))],
    };

    public Task ReadyAsync() => News.UntilAsync(() => News.State.Link == LinkState.Ready, "a session");

    public Task TurnAsync(TurnState turn) => News.UntilAsync(() => News.State.Turn == turn, $"turn {turn}");

    /// <summary>Waits until so many items have been heard to their end since the start, and nobody's turn it is.</summary>
    public Task HeardAsync(int items) => News.UntilAsync(
        () => News.ItemsHeard >= items && News.State.Turn is TurnState.Idle or TurnState.Armed, $"{items} items heard to their end");

    /// <summary>Waits until so much of an item (from 0) was heard.</summary>
    public Task HeardPartAsync(int item, double ms) => News.UntilAsync(() => News.HeardMs(item) >= ms, $"{ms} ms of item {item + 1} heard");

    /// <summary>Cues a clip at the microphone; returns once its place is fixed.</summary>
    public async Task<CuePlayed> BeginToSayAsync(short[] clip)
    {
        var begun = new TaskCompletionSource<CuePlayed>(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnBegun(CuePlayed played) => begun.TrySetResult(played);
        Microphone.Begun += OnBegun;
        Microphone.Play(clip);
        var played = await begun.Task.WaitAsync(DeviceNews.Patience);
        Microphone.Begun -= OnBegun;
        return played;
    }

    /// <summary>Says a clip to its end.</summary>
    public async Task<CuePlayed> SayAsync(short[] clip)
    {
        var played = await BeginToSayAsync(clip);
        await PassAsync(played.EndNs);
        return played;
    }

    /// <summary>Presses, says the clip, releases.</summary>
    public async Task TalkAsync(short[] clip)
    {
        Button.Press();
        await SayAsync(clip);
        Button.Release();
    }

    /// <summary>Waits for a moment of the monotonic clock.</summary>
    public static async Task PassAsync(long untilNs)
    {
        while (untilNs - Time.NowNs() is var left and > 0) await Task.Delay(TimeSpan.FromTicks(left / 100 + 1));
    }

    /// <summary>Lets so much time pass, for the microphone's past to grow.</summary>
    public static Task PassMsAsync(int ms) => Task.Delay(ms);

    /// <summary>Ends the device, judges every event it sent, and returns what was heard.</summary>
    public async Task<HeardWav> FinishAsync()
    {
        await EndAsync();
        Assert.Null(_sink.FileFailure);
        Assert.Equal(0, _sink.LostFileFrames);
        Assert.Equal(0, Device.Conversation.LostEvents);
        // Speech that the microphone itself lost can be found nowhere.
        Assert.True(Device.Capture.Xruns == 0, TooBusy);
        if (_server is not null)
            foreach (var session in _server.Sessions) await EventJudge.CheckAsync(session.ClientEvents);
        return new HeardWav(_wav);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        if (_server is not null) await _server.DisposeAsync();
        File.Delete(_wav);
    }

    private async Task EndAsync()
    {
        if (_finished) return;
        _finished = true;
        await Device.DisposeAsync();
        Button.Dispose();
    }

    private static EdgeVoiceOptions Usual(Uri url)
    {
        var options = new EdgeVoiceOptions();
        return options with
        {
            Realtime = options.Realtime with { Url = url.ToString(), Transcription = new TranscriptionOptions() },
            Audio = options.Audio with
            {
                Playback = options.Audio.Playback with { Volume = 100 },
                Echo = options.Audio.Echo with { Canceller = EchoCancellerChoice.None },
            },
        };
    }
}

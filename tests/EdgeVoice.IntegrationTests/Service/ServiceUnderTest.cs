using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using EdgeVoice.Benchmarks.Watch;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Control;
using EdgeVoice.Core.Devices;
using EdgeVoice.IntegrationTests.Device;
using EdgeVoice.Service;
using EdgeVoice.Simulator.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.IntegrationTests.Service;

/// <summary>The whole service over a configuration file that the test edits: real file, real control socket, real server, sound in files.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ServiceUnderTest : IAsyncDisposable, IServiceSupervisor
{
    public const string Key = "sk-first-key-of-the-service-under-test";
    private readonly TestFolder _folder = new();
    private ReplacedFile? _replaced;
    private DeviceService _service = null!;
    private ConfigurationStore _store = null!;

    public SimulatorServer Server { get; private set; } = null!;

    /// <summary>The configuration; with a style of replacing it, where that wants it.</summary>
    public string File => _replaced?.FilePath ?? _folder["edgevoice.json"];

    public string KeyFile => _folder["key"];

    public ConfigurationStore Store => _store;

    public List<string> Statuses { get; } = [];

    public string this[string name] => _folder[name];

    public string Socket => _folder["control.sock"];

    /// <summary>Starts with this file; null: there is none.</summary>
    public static async Task<ServiceUnderTest> StartAsync(
        SimulatorOptions? server = null, Func<ServiceUnderTest, string?>? file = null, string? stateDirectory = null, string? style = null)
    {
        var it = new ServiceUnderTest { Server = await SimulatorServer.StartAsync(server ?? new SimulatorOptions()) };
        it.Voice("in.wav", 604);
        System.IO.File.WriteAllText(it.KeyFile, Key);
        System.IO.File.SetUnixFileMode(it.KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (style is not null) it._replaced = new ReplacedFile(it._folder[""], style, Encoding.UTF8.GetBytes(it.Configuration()), TimeSpan.FromMilliseconds(20));
        else if ((file is null ? it.Configuration() : file(it)) is { } text) System.IO.File.WriteAllText(it.File, text);
        await it.BeginAsync(stateDirectory);
        return it;
    }

    /// <summary>A configuration of this service; what is not said is as before.</summary>
    public string Configuration(
        string realtime = "", string audio = "", string conversation = "", string capture = "in.wav", string playback = "out.wav", int volume = 100, string more = "", Uri? url = null) => $$"""
        { "version": 1, "defaults": {
            "realtime": { "url": "{{url ?? Server.Url}}", "credential": { "file": "{{KeyFile}}" }{{Also(realtime)}} },
            "audio": { "capture": { "device": "{{Device(capture)}}" }, "playback": { "device": "{{Device(playback)}}", "volume": {{volume}} }{{Also(audio)}} },
            "conversation": { "idleTimeoutMs": 20000{{Also(conversation)}} },
            "control": { "socket": "{{Socket}}" },
            "sounds": { "enabled": false }, "button": { "device": "none" }, "led": { "device": "none" }{{Also(more)}} } }
        """;

    /// <summary>Somebody who never stops talking: whenever the button is pressed there is speech.</summary>
    public short[] Voice(string name, int seed)
    {
        var voice = Clips.Noise(seed, 30_000);
        using var wav = new WavWriter(_folder[name], Clips.Rate, 1);
        wav.Write(voice);
        return voice;
    }

    /// <summary>Replaces the file by a rename, as careful editors do.</summary>
    public void Write(string text)
    {
        System.IO.File.WriteAllText(File + ".new", text);
        System.IO.File.Move(File + ".new", File, overwrite: true);
    }

    /// <summary>Replaces the file in the style that was asked for at the start.</summary>
    public void Replace(string text) => _replaced!.Replace(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes, and waits until it is in force.</summary>
    public async Task TakeAsync(string text)
    {
        var taken = _store.Taken;
        Write(text);
        await UntilAsync(() => _store.Taken > taken, $"the configuration taken; {string.Join(" | ", _store.Current.Problems)}");
    }

    public async Task<ControlReply> AskAsync(ControlRequest request)
    {
        var answer = await ControlClient.SendAsync(Socket, request, TimeSpan.FromSeconds(20));
        Assert.True(answer.Reply is not null, answer.Problem);
        return answer.Reply;
    }

    public Task<ControlReply> DoAsync(string verb, string? text = null) => AskAsync(ControlRequest.Of(verb, text));

    public async Task<ControlStatus> StatusAsync() => (await DoAsync("status")).Status!;

    public async Task<ControlStatus> StatusAsync(Func<ControlStatus, bool> condition, string what)
    {
        for (var i = 0; i < 400; i++)
        {
            var status = await StatusAsync();
            if (condition(status)) return status;
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }

        throw new TimeoutException($"{what}: {await StatusAsync()}");
    }

    /// <summary>The nth session, configured.</summary>
    public async Task<SimulatedSession> SessionAsync(int index)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var session = await Server.WaitForSessionAsync(index, soon.Token);
        await session.WaitAsync(seen => Events(seen, "session.update").Count > 0, soon.Token);
        return session;
    }

    /// <summary>Presses, speaks so long, lets go, and waits until the answer is heard to its end.</summary>
    public async Task TurnAsync(int ms = 600)
    {
        var turns = (await StatusAsync()).Counters["turns"];
        await DoAsync("press");
        await Task.Delay(TimeSpan.FromMilliseconds(ms), TimeProvider.System);
        await DoAsync("release");
        await StatusAsync(status => status.Counters["turns"] > turns || status.Turn != "Idle", "the turn's begin");
        await StatusAsync(status => status.Turn == "Idle", "the turn's end");
    }

    public static IReadOnlyList<JsonNode> Events(SimulatedSession session, string type) =>
        [.. session.ClientEvents.Select(wire => JsonNode.Parse(wire)!).Where(wire => (string?)wire["type"] == type)];

    public static async Task UntilAsync(Func<bool> happened, string what)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !happened(); await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System))
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30), $"waited in vain for {what}");
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        _service.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    void IServiceSupervisor.Ready() => Statuses.Add("ready");

    void IServiceSupervisor.Status(string text)
    {
        lock (Statuses) Statuses.Add(text);
    }

    void IServiceSupervisor.Stopping() => Statuses.Add("stopping");

    private async Task BeginAsync(string? stateDirectory)
    {
        var request = new ConfigurationRequest("pi-test", HasIotPackages: false, new Dictionary<string, string>());
        _store = new ConfigurationStore(
            File, bytes => ConfigurationReader.Parse(File, bytes, request), verify: null, stateDirectory is null ? null : new LastGood(stateDirectory),
            TimeProvider.System, NullLogger.Instance);
        _store.Load();
        _service = new DeviceService(_store, request.DeviceId, [], this, TimeProvider.System, NullLoggerFactory.Instance);
        await _service.StartAsync(CancellationToken.None);
        await UntilAsync(() => Statuses.Contains("ready") || _service.ExecuteTask is { IsFaulted: true }, "the service");
        if (_service.ExecuteTask is { IsFaulted: true } failed) await failed;
    }

    private string Device(string name) => name.Contains(':', StringComparison.Ordinal) ? name : $"wav:{_folder[name]}";

    private static string Also(string text) => text.Length == 0 ? "" : $", {text}";
}

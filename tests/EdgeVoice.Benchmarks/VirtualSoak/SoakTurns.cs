using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Simulator.Link;
using EdgeVoice.Simulator.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Benchmarks.VirtualSoak;

/// <summary>A whole device on real sockets, and a day's turns in the time of the turns alone: the hours between are jumped over.</summary>
internal sealed class SoakTurns : IAsyncDisposable
{
    private const int SpeechMs = 400;
    private const int LookMs = 10;

    // Real time in which nothing may move, before the clock is helped on: far longer than anything takes on loopback.
    private const int StuckMs = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Stride = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hearing = TimeSpan.FromSeconds(10);
    private readonly WarpTime _time = new();
    private readonly Random _random;
    private readonly CueSource _microphone;
    private readonly ScriptedButton _button;
    private SimulatorServer _server = null!;
    private LinkProxy _link = null!;
    private VoiceDevice _device = null!;
    private SimulatorOptions _options = null!;

    public SoakTurns(int seed)
    {
        _random = new Random(seed);
        _microphone = new CueSource(_time);
        _button = new ScriptedButton(_time);
        Faults = new SoakFaults(_random);
    }

    public SoakNews News { get; } = new();

    public SoakFaults Faults { get; }

    public int Answered { get; private set; }

    /// <summary>Turns that were not answered, and what was said of each.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Times that the soak's own jumps made the microphone a dead one before a turn.</summary>
    public int LostMicrophones { get; private set; }

    /// <summary>Turns after which nothing was heard and nothing was said.</summary>
    public List<string> Lost { get; } = [];

    /// <summary>Timers of the device and the server that are armed.</summary>
    public int ArmedTimers => _time.ArmedTimers;

    public async Task StartAsync()
    {
        _options = new SimulatorOptions { Time = _time, Script = Script(), Speed = 8 };
        _server = await SimulatorServer.StartAsync(_options);
        _options = _options with { Port = _server.Url.Port };
        _link = LinkProxy.Before(_server.Url);
        var url = new Uri(_link.Url, "?model=gpt-realtime");
        var sink = new SimulatedSink(_time);
        var ports = new DevicePorts
        {
            OpenSource = () => _microphone,
            OpenSink = () => sink,
            Endpoint = () => new TransportEndpoint(url, null),
            Buttons = [_button],
            Random = new Random(_random.Next()),
        };
        var defaults = new EdgeVoiceOptions();
        _device = Composition.Create(defaults with { Realtime = defaults.Realtime with { Url = url.ToString() } }, ports, News, _time, NullLoggerFactory.Instance);
        await _device.StartAsync();
        await UntilAsync(() => News.State.Link == LinkState.Ready);
    }

    /// <summary>So much time passes in which nobody speaks.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (; time > TimeSpan.Zero; time -= Stride)
        {
            _time.Jump(time < Stride ? time : Stride);
            await HearAsync();
        }
    }

    // A microphone that has jumped delivers again before the next jump, or it would be a dead one.
    private async Task HearAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        for (var periods = _device.Capture.Periods; _device.Capture.Periods == periods && TimeProvider.System.GetElapsedTime(since) < Hearing;)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    }

    /// <summary>Somebody speaks a turn while something goes wrong, or not; true when it was answered or its loss told.</summary>
    public async Task TurnAsync(int number)
    {
        var fault = Faults.Next();
        // A machine too busy to let the microphone deliver between two jumps has lost it: that is the soak's doing, not a fault drawn.
        if (News.State.MicrophoneProblem is not null) LostMicrophones++;
        await UntilAsync(() => News.State.MicrophoneProblem is null);
        var (heard, told) = (News.Heard, News.LossesTold);
        await SoakFaults.PrepareAsync(fault, _server, _link, RestartAsync);
        _button.Press();
        _microphone.Play(Speech());
        await Task.WhenAll(Task.Delay(SpeechMs + 100), Faults.StrikeAsync(fault, _link));
        _button.Release();
        await UntilAsync(() => (News.Heard > heard || News.LossesTold > told) && IsAtRest());
        _server.ClearFaults();
        if (News.Heard > heard) Answered++;
        else if (News.LossesTold > told) Told.Add($"turn {number} ({fault ?? "no fault"}): {News.LastLoss}");
        else Lost.Add($"turn {number} ({fault ?? "no fault"}): {News.State}");
    }

    /// <summary>The server and all it remembers of its sessions is gone; another one is there at the same place.</summary>
    public async Task RestartAsync()
    {
        await _server.DisposeAsync();
        _server = await SimulatorServer.StartAsync(_options);
    }

    /// <summary>Waits for a session; false when none comes.</summary>
    public Task<bool> ReadyAsync() => UntilAsync(() => News.State.Link == LinkState.Ready && IsAtRest());

    public async ValueTask DisposeAsync()
    {
        await _device.DisposeAsync();
        _button.Dispose();
        await _link.DisposeAsync();
        await _server.DisposeAsync();
    }

    // Where only a limit or a pause can end it, the clock is helped on; while it sounds or is spoken, time is real.
    private async Task<bool> UntilAsync(Func<bool> reached)
    {
        var began = _time.GetTimestamp();
        var (real, moved) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetTimestamp());
        for (var state = News.State; !reached(); state = News.State)
        {
            if (TimeProvider.System.GetElapsedTime(real) > Patience) return false;
            await Task.Delay(LookMs);
            if (state != News.State || News.State.Turn == TurnState.Speaking) moved = TimeProvider.System.GetTimestamp();
            if (TimeProvider.System.GetElapsedTime(moved).TotalMilliseconds < StuckMs) continue;
            _time.Jump(TimeSpan.FromMilliseconds(500));
        }

        return _time.GetElapsedTime(began) >= TimeSpan.Zero;
    }

    private bool IsAtRest() => News.State is { Turn: TurnState.Idle, Gate: TurnGate.None, Press: null };

    private static SimulatorScript Script()
    {
        var answer = new short[CueSource.DefaultRate / 5];
        Array.Fill(answer, (short)1_000);
        return new SimulatorScript { Otherwise = [new PcmAnswer(answer, CueSource.DefaultRate, "Yes.")] };
    }

    private short[] Speech()
    {
        var samples = new short[SpeechMs * CueSource.DefaultRate / 1000];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)_random.Next(-8_000, 8_000);
        return samples;
    }
}

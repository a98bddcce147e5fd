using System.Runtime;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Simulator.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// A whole device and the person who uses it: some short presses that are taken back, then turns that are answered, each answer
/// interrupted by the next press.
/// </summary>
internal sealed class DevicePart
{
    private const int Glitches = 160;
    private const int Turns = 60;
    private const int GlitchMs = 12;
    private const int HoldMs = 370;
    private const int AnswerMs = 3_000;
    private const int SpeechMs = 300;
    private const int IdleSeconds = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Random _random = new(1);
    private readonly DeviceStopwatch _watch = new();
    private readonly List<double> _compiled = new(Turns + 1);
    private readonly ScriptedButton _button;
    private readonly CueSource _microphone;
    private VoiceDevice? _device;

    private DevicePart()
    {
        _button = new ScriptedButton(_time);
        _microphone = new CueSource(_time);
    }

    /// <summary>The stand-in server for it; says its address.</summary>
    public static async Task ServeAsync()
    {
        var script = new SimulatorScript { Otherwise = [new ToneAnswer(440, AnswerMs, "A tone.")] };
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script });
        Console.Out.WriteLine(server.Url);
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Runs a device against this server and says its figures, a line each.</summary>
    public static Task RunAsync(string url) => new DevicePart().MeasureAsync(new Uri(url + "?model=gpt-realtime"));

    private async Task MeasureAsync(Uri url)
    {
        using var sink = new SimulatedSink(_time);
        var device = _device = Composition.Create(Options(url), Ports(url, sink), _watch, _time, NullLoggerFactory.Instance);
        await using (device)
        {
            await device.StartAsync();
            await _watch.ReadyAsync(Patience);
            Child.Say(_time.NowNs() / 1e6);
            await CostAsync(() => Task.Delay(TimeSpan.FromSeconds(IdleSeconds)));
            var compiled = JitInfo.GetCompiledMethodCount();
            await GlitchAsync();
            _compiled.Add(JitInfo.GetCompiledMethodCount() - compiled);
            Child.Say(_watch.PressToAppendMs[0]);
            for (var i = 1; i < Glitches; i++) await GlitchAsync();
            var (cpu, bytes) = await MeterAsync(ConverseAsync);
            Child.Say([.. _watch.PressToAppendMs.Skip(1)]);
            Child.Say([.. _watch.DeltaToSoundMs]);
            Child.Say([.. _watch.PressToSilenceMs]);
            Child.Say([.. _watch.OrderToSilenceMs]);
            Child.Say(cpu, bytes, Environment.WorkingSet / 1048576.0, device.Capture.AllocatedBytes, device.Playback.Counters.AllocatedBytes);
            Child.Say([.. _compiled]);
        }
    }

    private DevicePorts Ports(Uri url, SimulatedSink sink) => new()
    {
        OpenSource = () => _microphone,
        OpenSink = () => sink,
        Endpoint = () => new TransportEndpoint(url, null),
        Buttons = [_button],
        Ring = new DarkRing(),
    };

    private static EdgeVoiceOptions Options(Uri url)
    {
        var defaults = new EdgeVoiceOptions();
        return defaults with { Realtime = defaults.Realtime with { Url = url.ToString() } };
    }

    // Shorter than a press may be: what was appended is taken back, and the next one can follow at once.
    private async Task GlitchAsync()
    {
        var count = _watch.PressToAppendMs.Count;
        _button.Press();
        await Task.Delay(GlitchMs);
        _button.Release();
        // Past the bounces that are ignored after a glitch (up to 90 ms after the edge): a press in there is none to measure.
        await Task.Delay(_random.Next(110, 140));
        // A machine too busy to release in time has made a tap of it: the turn that this opened ends, and nothing was measured.
        if (_device!.Conversation.State.Gate != TurnGate.None)
        {
            _button.Tap();
            await Task.Delay(1_000);
            return;
        }

        // Taken back before anything was sent: later than any bar.
        if (_watch.PressToAppendMs.Count == count) _watch.PressToAppendMs.Add(double.PositiveInfinity);
    }

    private async Task ConverseAsync()
    {
        var speech = Speech();
        for (var i = 0; i < Turns; i++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            var sounds = _watch.NextSoundAsync();
            _button.Press();
            _microphone.Play(speech);
            await Task.Delay(HoldMs);
            _button.Release();
            await sounds.WaitAsync(Patience);
            await Task.Delay(_random.Next(40, 60));
            _compiled.Add(JitInfo.GetCompiledMethodCount() - compiled);
        }
    }

    private async Task CostAsync(Func<Task> work)
    {
        var (cpu, bytes) = await MeterAsync(work);
        Child.Say(cpu, bytes, Environment.WorkingSet / 1048576.0);
    }

    private async Task<(double CpuMs, double Bytes)> MeterAsync(Func<Task> work)
    {
        var began = _time.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        var bytes = GC.GetTotalAllocatedBytes(true);
        await work();
        var seconds = _time.GetElapsedTime(began).TotalSeconds;
        return ((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / seconds, (GC.GetTotalAllocatedBytes(true) - bytes) / seconds);
    }

    // Loud and uneven enough to be taken for speech.
    private static short[] Speech()
    {
        var samples = new short[SpeechMs * SimulatedSource.DefaultRate / 1000];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(8000 * Math.Sin(i * .05) * Math.Sin(i * .0013));
        return samples;
    }

    private sealed class DarkRing : IPixelRing
    {
        public int PixelCount => 12;

        public void Show(ReadOnlySpan<Rgb> pixels)
        {
        }

        public void Dispose()
        {
        }
    }
}

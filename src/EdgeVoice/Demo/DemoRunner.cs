using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Simulator.Server;
using EdgeVoice.Terminal;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Demo;

/// <summary>The whole device in one process: virtual microphone, button and loudspeaker, a real socket, the real path between.</summary>
internal sealed class DemoRunner(DemoOptions options, IDeviceDisplay display, ILoggerFactory logs)
{
    private readonly TimeProvider _time = TimeProvider.System;

    /// <summary>Plays the demo and measures it. Throws <see cref="DemoFailure"/> with one line when it cannot.</summary>
    public async Task<DemoReport> RunAsync(CancellationToken stop)
    {
        var turns = DemoTurn.Compose(options, DemoAssets.Folder);
        RefuseOneFileForTwo();
        // A report that cannot be written must be known before the play, not after it.
        if (options.Report is { } report) await DemoSummary.WriteAsync("", report).ConfigureAwait(false);
        var wav = options.Output ?? Path.Combine(Path.GetTempPath(), $"edgevoice-demo-{Environment.ProcessId}.wav");
        try
        {
            await using var server = options.Url is null ? await StandInAsync(turns, stop).ConfigureAwait(false) : null;
            var url = options.Url ?? new Uri(server!.Url, "?model=gpt-realtime");
            var measured = await PlayAsync(turns, url, wav, stop).ConfigureAwait(false);
            if (measured.FileFailure is { } failure)
                throw new DemoFailure($"{wav}: cannot be written: {OneLine.Of(failure)}; name another file with --output", 2);
            return measured.Report(turns, server, wav);
        }
        finally
        {
            if (options.Output is null && File.Exists(wav)) File.Delete(wav);
        }
    }

    // What was to be read would be gone, or what was written first.
    private void RefuseOneFileForTwo()
    {
        (string Option, string? File)[] files = [("--speech", options.Speech), ("--output", options.Output), ("--report", options.Report)];
        var named = files.Where(f => f.File is not null).Select(f => (f.Option, Path: Path.GetFullPath(f.File!)));
        if (named.GroupBy(f => f.Path).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new DemoFailure($"{twice.Key}: named by {string.Join(" and ", twice.Select(f => f.Option))}; give each a file of its own", 2);
    }

    private static Task<SimulatorServer> StandInAsync(IReadOnlyList<DemoTurn> turns, CancellationToken stop) =>
        SimulatorServer.StartAsync(new SimulatorOptions { Script = DemoTurn.Script(turns), PromptTranscriptions = true }, stop);

    private async Task<DemoMeasurement> PlayAsync(IReadOnlyList<DemoTurn> turns, Uri url, string wav, CancellationToken stop)
    {
        var recorder = new DemoRecorder();
        using var button = new ScriptedButton(_time);
        using var microphone = new CueSource(_time);
        var sink = OpenSink(wav);
        var observer = new DisplayObserver(recorder, display);
        var measurement = new DemoMeasurement(recorder, sink, _time);
        var device = Composition.Create(Configuration(url), Ports(url, microphone, sink, button), observer, _time, logs);
        var play = new DemoPlay(options, turns, microphone, button, recorder, _time);
        await using (device.ConfigureAwait(false))
        {
            await device.StartAsync().ConfigureAwait(false);
            using var levels = _time.CreateTimer(
                _ => display.SetLevels(device.Uplink.Level, device.Playback.Counters.Level), null, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
            measurement.Begin();
            await play.RunAsync(stop).ConfigureAwait(false);
            measurement.End(device, play);
        }

        return measurement;
    }

    private SimulatedSink OpenSink(string wav)
    {
        try
        {
            return new SimulatedSink(_time, wav);
        }
        catch (AudioDeviceException e)
        {
            throw new DemoFailure(OneLine.Of(e.Message), 2);
        }
    }

    private DevicePorts Ports(Uri url, CueSource microphone, SimulatedSink sink, ScriptedButton button) => new()
    {
        OpenSource = () => microphone,
        OpenSink = () => sink,
        Endpoint = () => new TransportEndpoint(url, options.Url is null ? null : Environment.GetEnvironmentVariable("EDGEVOICE_API_KEY")),
        Buttons = [button],
        Ring = display.Ring,
    };

    // Volume 100 and no canceller: what is heard is sample for sample what was sent.
    private EdgeVoiceOptions Configuration(Uri url)
    {
        var defaults = new EdgeVoiceOptions();
        return defaults with
        {
            Conversation = defaults.Conversation with { Mode = options.Mode },
            Realtime = defaults.Realtime with
            {
                Url = url.ToString(),
                Instructions = "You are a kitchen helper. Answer in one or two short sentences.",
                Transcription = new TranscriptionOptions(),
                // Speech with pauses in it is waited for; two seconds are the least that the protocol offers.
                TurnDetection = defaults.Realtime.TurnDetection with { Eagerness = Eagerness.High },
            },
            Audio = defaults.Audio with
            {
                Playback = defaults.Audio.Playback with { Volume = 100 },
                Echo = defaults.Audio.Echo with { Canceller = EchoCancellerChoice.None },
            },
        };
    }
}

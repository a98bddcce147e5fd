using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Echo;
using EdgeVoice.Core.Playback;
using EdgeVoice.Linux;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Simulator.Devices;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// The two audio threads alone, between cards at 48 kHz and a session at 24 kHz: capture, two resamplings and playback, then the same
/// at rest.
/// </summary>
internal static class AudioPathPart
{
    /// <summary>The name of virtual devices; any other is libasound's.</summary>
    public const string Virtual = "virtual";

    private const int CardRate = 48_000;
    private const int SessionRate = 24_000;
    private const int Seconds = 6;
    private const int DrainMs = 100;
    private const int PeriodsASecond = 100;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Says twice, for talking and idle: milliseconds a second of ev-capture, of ev-playback and of the process; periods. Then the
    /// milliseconds a second of two threads that only wait.
    /// </summary>
    public static async Task RunAsync(string microphone, string loudspeaker)
    {
        var time = TimeProvider.System;
        var captured = new BlockRing(1 << 19);
        var (captureControl, playbackControl) = (new CaptureControl(), new PlaybackControl());
        var queues = new PlaybackQueues();
        using var capture = new CaptureLoop(
            () => Source(microphone, time), captured, captureControl, new NoEchoCanceller(), SessionRate, 0, time, NullLogger.Instance,
            raiseThread: () => RealTimeThread.TryRaise());
        using var playback = new PlaybackLoop(
            () => Sink(loudspeaker, time), queues, playbackControl, SessionRate, null, time, NullLogger<PlaybackLoop>.Instance,
            () => RealTimeThread.TryRaise());
        capture.WarmUp();
        playback.WarmUp();
        playback.Start();
        capture.Start();
        Fill(queues);
        playback.Wake();
        await DrainAsync(captured, Settling);
        await MeasureAsync(captured, capture);
        playbackControl.Flush();
        captureControl.SetIdle(true);
        await DrainAsync(captured, Settling);
        await MeasureAsync(captured, capture);
        Child.Say(BareMs() + BareMs());
    }

    // What this machine takes for a thread that wakes up as often and has nothing to do.
    private static double BareMs()
    {
        var cpu = 0.0;
        var thread = new Thread(() =>
        {
            RealTimeThread.TryRaise();
            using var never = new AutoResetEvent(false);
            var before = ThreadCpu.MsOf("ev-bare")!.Value;
            for (var i = 0; i < Seconds * PeriodsASecond; i++) never.WaitOne(1_000 / PeriodsASecond);
            cpu = ThreadCpu.MsOf("ev-bare")!.Value - before;
        })
        { Name = "ev-bare" };
        thread.Start();
        thread.Join();
        return cpu / Seconds;
    }

    private static async Task MeasureAsync(BlockRing captured, CaptureLoop capture)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        var (ears, mouth, all, periods) = (Ms("ev-capture"), Ms("ev-playback"), Environment.CpuUsage.TotalTime, capture.Periods);
        await DrainAsync(captured, TimeSpan.FromSeconds(Seconds));
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        Child.Say(
            (Ms("ev-capture") - ears) / seconds, (Ms("ev-playback") - mouth) / seconds,
            (Environment.CpuUsage.TotalTime - all).TotalMilliseconds / seconds, (capture.Periods - periods) / seconds);
    }

    private static double Ms(string thread) => ThreadCpu.MsOf(thread) ?? throw new InvalidOperationException($"no thread {thread}");

    // More than is played, so that the loudspeaker never rests.
    private static void Fill(PlaybackQueues queues)
    {
        var samples = new short[SessionRate * (Seconds * 2 + 4)];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)(8000 * Math.Sin(i * .05) * Math.Sin(i * .0013));
        var item = new AudioItem("response", "item", 0, SessionRate);
        queues.Segments.TryWrite(new PlaybackSegment(0, item, 0, 0));
        queues.Samples.Write(samples);
        item.Count(samples.Length, samples.Length);
    }

    private static async Task DrainAsync(BlockRing captured, TimeSpan span)
    {
        var time = TimeProvider.System;
        var block = new short[1 << 14];
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < span;)
        {
            await Task.Delay(DrainMs);
            while (captured.TryRead(out _, block))
            {
            }
        }
    }

    private static IAudioSource Source(string device, TimeProvider time) =>
        device == Virtual ? new CueSource(time, CardRate) : AlsaAudioSource.Open(new AlsaStreamSettings(device, CardRate), time);

    private static IAudioSink Sink(string device, TimeProvider time) => device == Virtual
        ? new SimulatedSink(time, null, new AudioStreamFormat(CardRate, 1, CardRate / 100, CardRate * 3 / 100))
        : AlsaAudioSink.Open(new AlsaStreamSettings(device, CardRate), time);
}

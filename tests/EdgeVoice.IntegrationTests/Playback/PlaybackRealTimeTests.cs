using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Playback;
using EdgeVoice.Simulator.Devices;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Playback;

[Collection(PlaybackRealTime.Name)]
public sealed class PlaybackRealTimeTests(ITestOutputHelper output) : IDisposable
{
    private const int Rate = 24_000;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"heard-{Guid.NewGuid():N}.wav");
    private readonly PlaybackQueues _queues = new();
    private readonly PlaybackControl _control = new();
    private readonly List<PlayedMark> _marks = [];
    private SimulatedSink? _sink;

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Answer_OnAVirtualCard_IsHeardAsSent()
    {
        using var loop = Begin();
        var sent = Noise(30_007);
        var item = new AudioItem("resp", "item", 0, Rate);
        var published = Say(loop, item, sent);
        WaitFor(PlayedMarkKind.Drained, 10_000);
        loop.Stop();
        var started = _marks.First(m => m.Kind == PlayedMarkKind.Started);
        var latencyMs = (started.TimeNs - published) / 1e6;
        output.WriteLine($"publish to first sample {latencyMs:0.000} ms, xruns {loop.Counters.Xruns}, underruns {loop.Counters.Underruns}, "
            + $"latest wake-up {loop.Counters.WakeLatenessMaxNs / 1e6:0.00} ms, allocated {loop.Counters.AllocatedBytes} bytes");
        var heard = Heard(started.CardFrame, sent.Length);
        Assert.Equal(Hash(sent), Hash(heard));
        Assert.Equal(sent.Length, _marks[^1].ItemSample);
        // Three periods of 10 ms and 5 ms, beside what this machine's scheduler was late.
        Assert.InRange(latencyMs, 0, 35 + loop.Counters.WakeLatenessMaxNs / 1e6);
        Assert.Equal(0, loop.Counters.AllocatedBytes);
    }

    [Fact]
    public void PausesAndAFlush_OnAVirtualCard_LeaveExactlyWhatWasTold()
    {
        using var loop = Begin();
        var sent = Noise(72_000);
        Say(loop, new AudioItem("resp", "item", 0, Rate), sent);
        for (var i = 0; i < 5; i++)
        {
            Pass(113);
            _control.Pause();
            WaitFor(PlayedMarkKind.Paused, 2000);
            Pass(30);
            _control.Resume();
        }

        Pass(101);
        var ordered = TimeProvider.System.NowNs();
        _control.Flush();
        WaitFor(PlayedMarkKind.Flushed, 2000);
        var flushed = _marks[^1];
        output.WriteLine($"order to silence {(flushed.TimeNs - ordered) / 1e6:0.000} ms");
        Pass(100);
        loop.Stop();
        var all = MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(_path).AsSpan(44)).ToArray().Where(s => s != 0).ToArray();
        Assert.Equal(flushed.ItemSample, all.Length);
        Assert.Equal(Hash(sent.AsSpan(0, all.Length)), Hash(all));
        output.WriteLine($"xruns {loop.Counters.Xruns}, latest wake-up {loop.Counters.WakeLatenessMaxNs / 1e6:0.00} ms");
        Assert.Equal(0, loop.Counters.Underruns);
        Assert.Equal(0, loop.Counters.AllocatedBytes);
    }

    [Fact]
    public void OtherCard_WithOrdersOfEveryKind_AllocatesNothing()
    {
        using var loop = Begin(new AudioStreamFormat(48_000, 2, 480, 1440));
        var item = new AudioItem("resp", "item", 0, Rate);
        Say(loop, item, Noise(48_000));
        for (var round = 0; round < 4; round++)
        {
            Pass(60);
            _queues.Clips.TryWrite(0);
            _control.SetGain(0.1f * round);
            Pass(60);
            _control.Pause();
            Pass(20);
            _control.Resume();
            _control.Flush();
            WaitFor(PlayedMarkKind.Flushed, 2000);
            Say(loop, item, Noise(12_000));
        }

        loop.Stop();
        Assert.Equal(0, loop.Counters.AllocatedBytes);
    }

    [Fact]
    public void Stop_WhilePlaying_EndsSoundWithin200Ms()
    {
        using var loop = Begin();
        Say(loop, new AudioItem("resp", "item", 0, Rate), Noise(100_000));
        Pass(100);
        var before = TimeProvider.System.NowNs();
        loop.Stop();
        Assert.InRange((TimeProvider.System.NowNs() - before) / 1e6, 0, 200);
        Assert.Equal(PlaybackDeviceState.Stopped, _control.Status.State);
    }

    private PlaybackLoop Begin(AudioStreamFormat? format = null)
    {
        var opened = new ManualResetEventSlim();
        var loop = new PlaybackLoop(
            () =>
            {
                _sink = new SimulatedSink(TimeProvider.System, _path, format);
                opened.Set();
                return _sink;
            },
            _queues, _control, Rate, [new SoundClip(new float[1200])], TimeProvider.System, NullLogger<PlaybackLoop>.Instance);
        loop.WarmUp();
        loop.Start();
        Assert.True(opened.Wait(2000));
        Pass(50);
        return loop;
    }

    // As the receive loop does: segment first, then deltas of uneven size, each with a wake-up.
    private long Say(PlaybackLoop loop, AudioItem item, short[] samples)
    {
        var random = new Random(1);
        _queues.Segments.TryWrite(new PlaybackSegment(_queues.Samples.WritePosition, item, 0, _control.Epoch));
        var published = TimeProvider.System.NowNs();
        for (var at = 0; at < samples.Length;)
        {
            var count = Math.Min(random.Next(2000, 5000), samples.Length - at);
            Assert.Equal(count, _queues.Samples.Write(samples.AsSpan(at, count)));
            item.Count(count, count);
            loop.Wake();
            at += count;
        }

        item.MarkDone();
        return published;
    }

    private void WaitFor(PlayedMarkKind kind, int timeoutMs)
    {
        var end = TimeProvider.System.NowNs() + timeoutMs * 1_000_000L;
        while (TimeProvider.System.NowNs() < end)
        {
            while (_queues.Marks.TryRead(out var mark))
            {
                _marks.Add(mark);
                if (mark.Kind == kind) return;
            }

            Pass(1);
        }

        Assert.Fail($"no {kind} within {timeoutMs} ms");
    }

    private short[] Heard(long cardFrame, int count)
    {
        // By card frame: where a busy machine starved the card, the file has a gap and the sound has none.
        var file = MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(_path).AsSpan(44)).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => file[(int)_sink!.FileFrameOf(cardFrame + i)!.Value])];
    }

    private static void Pass(int ms)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(ms);
    }

    private static short[] Noise(int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(1, 32_768))];
    }

    private static string Hash(ReadOnlySpan<short> samples) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(samples)));
}

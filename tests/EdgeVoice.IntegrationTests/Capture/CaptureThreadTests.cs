using System.Diagnostics;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Echo;
using EdgeVoice.Simulator.Devices;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.IntegrationTests.Capture;

/// <summary>The capture thread over virtual microphones in real time.</summary>
public sealed class CaptureThreadTests : IDisposable
{
    private readonly BlockRing _captured = new(1 << 18);
    private readonly CaptureControl _control = new();
    private readonly short[] _block = new short[4800];
    private readonly List<short> _heard = [];
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Run_CueOnAThread_HeardWhereItsTimeSaysAndNothingAllocated()
    {
        using var source = new CueSource(TimeProvider.System);
        using var begun = new ManualResetEventSlim();
        var clip = Enumerable.Range(1, 4800).Select(n => (short)n).ToArray();
        CuePlayed played = default;
        source.Begun += cue =>
        {
            played = cue;
            begun.Set();
        };
        using var loop = Loop(() => source);
        loop.WarmUp();
        loop.Start();
        var asked = TimeProvider.System.NowNs();
        source.Play(clip);
        Assert.True(begun.Wait(5000));
        WaitFor(() => loop.Periods >= 200);
        Assert.True(loop.Stop());
        Assert.InRange(played.StartNs, asked, asked + 1_000_000_000);
        Assert.Equal(200_000_000, played.EndNs - played.StartNs);
        Assert.Equal(0, loop.AllocatedBytes);
        var firstNs = Drain();
        var at = (int)Math.Round((played.StartNs - firstNs) * 24e-6);
        Assert.Equal(clip, _heard.GetRange(at, clip.Length));
    }

    [Fact]
    public void Control_CloseOpenStop_ActsAtOnce()
    {
        using var changed = new AutoResetEvent(false);
        using var loop = Loop(() => new NullSource(TimeProvider.System));
        _control.StatusChanged += _ => changed.Set();
        loop.Start();
        Assert.True(changed.WaitOne(5000));
        Assert.Equal(CaptureStatus.Open, _control.Status);
        _control.Close();
        Assert.True(changed.WaitOne(5000));
        Assert.Equal(CaptureStatus.Closed, _control.Status);
        _control.Open();
        Assert.True(changed.WaitOne(5000));
        var began = TimeProvider.System.NowNs();
        Assert.True(loop.Stop());
        Assert.InRange(TimeProvider.System.NowNs() - began, 0, 200_000_000);
        Assert.Equal(CaptureStatus.Closed, _control.Status);
    }

    [Fact]
    public void Run_Fifo_TwoWritersHeardWholeAndPipeClosedInTheEnd()
    {
        Assert.True(OperatingSystem.IsLinux(), "named pipes are tested on Linux");
        using (var mkfifo = Process.Start("mkfifo", [_path])) mkfifo.WaitForExit();
        Assert.True(DeviceStrings.TryParseCapture($"wav:{_path}", out var device, out _));
        using var loop = Loop(DeviceStrings.Capture(device, TimeProvider.System));
        loop.Start();
        var clip = Enumerable.Range(1, 6000).Select(n => (short)n).ToArray();
        for (var i = 1; i <= 2; i++)
        {
            using (var writer = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                writer.Write(Wav(clip));
            WaitFor(() => Count(clip) == i);
        }

        Assert.Equal(CaptureStatus.Open, _control.Status);
        Assert.True(loop.Stop());
        Assert.Equal(0, loop.Xruns);
    }

    private static byte[] Wav(short[] samples)
    {
        using var stream = new MemoryStream();
        using (var writer = new WavWriter(stream, 24_000, 1, leaveOpen: true)) writer.Write(samples);
        return stream.ToArray();
    }

    private static void WaitFor(Func<bool> condition)
    {
        using var never = new ManualResetEventSlim();
        var deadline = TimeProvider.System.NowNs() + 20_000_000_000;
        while (!condition())
        {
            Assert.True(TimeProvider.System.NowNs() < deadline, "waited 20 s");
            never.Wait(10);
        }
    }

    private CaptureLoop Loop(Func<IAudioSource> open) => new(
        open, _captured, _control, new NoEchoCanceller(), 24_000, -1, TimeProvider.System, NullLogger.Instance);

    // Reads all there is, silence for what was lost; returns the time of the first sample.
    private long Drain()
    {
        long firstNs = 0;
        while (_captured.TryRead(out var header, _block))
        {
            if (_heard.Count == 0) firstNs = header.TimeNs;
            var gap = (int)Math.Round((header.TimeNs - firstNs) * 24e-6) - _heard.Count;
            _heard.AddRange(new short[Math.Max(0, gap)]);
            _heard.AddRange(_block[..header.Count]);
        }

        return firstNs;
    }

    private int Count(short[] clip)
    {
        while (_captured.TryRead(out var header, _block)) _heard.AddRange(_block[..header.Count]);
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_heard);
        return all.Count(clip);
    }
}

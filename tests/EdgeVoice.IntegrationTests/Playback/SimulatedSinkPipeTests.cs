using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeVoice.Core.Devices;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.IntegrationTests.Playback;

/// <summary>A loudspeaker on a FIFO, whose reader plays while it is written.</summary>
public sealed class SimulatedSinkPipeTests : IDisposable
{
    private const int HeaderBytes = 44;
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"speaker-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Pause_OnAPipe_IsSilenceWhileItLastsAndNotBeforeTheNextSound()
    {
        using (var mkfifo = Process.Start("mkfifo", _path)) await mkfifo.WaitForExitAsync();
        var heard = Task.Run(Listen);
        using (var sink = SimulatedSink.Open($"wav:{_path}", TimeProvider.System))
        {
            Play(sink, 0.25f);
            await Task.Delay(500);
            Play(sink, 0.5f);
            await Task.Delay(50);
        }

        var arrived = await heard.WaitAsync(TimeSpan.FromSeconds(10));
        var first = arrived.First(part => part.Sample == 8192);
        var second = arrived.First(part => part.Sample == 16384);
        var silences = arrived.Where(part => part.Sample == 0 && part.At > first.At && part.At < second.At).ToArray();
        Assert.Equal(720, arrived.Where(part => part.Sample == 8192).Sum(part => part.Frames));
        Assert.InRange(silences.Sum(part => part.Frames), 400 * 24, 2_000 * 24);
        // It came piece by piece, not as one block when the second sound began.
        Assert.True(silences.Where(part => second.At - part.At > 200).Sum(part => part.Frames) > 100 * 24, "the silence came late");
    }

    private static void Play(SimulatedSink sink, float sample)
    {
        var samples = new float[720];
        Array.Fill(samples, sample);
        Assert.Equal(720, sink.Write(samples));
        while (sink.Wait(200) != AudioWait.Xrun)
        {
        }
    }

    // Runs of equal samples with the millisecond at which they arrived.
    private List<(short Sample, int Frames, long At)> Listen()
    {
        List<(short Sample, int Frames, long At)> runs = [];
        var began = Stopwatch.GetTimestamp();
        using var pipe = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        pipe.ReadExactly(new byte[HeaderBytes]);
        var bytes = new byte[480];
        int count;
        while ((count = pipe.ReadAtLeast(bytes, 480, throwOnEndOfStream: false)) > 0)
        {
            var at = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            foreach (var sample in MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, count)))
                if (runs.Count > 0 && runs[^1].Sample == sample && runs[^1].At == at) runs[^1] = runs[^1] with { Frames = runs[^1].Frames + 1 };
                else runs.Add((sample, 1, at));
        }

        return runs;
    }
}

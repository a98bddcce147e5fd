using System.IO.Pipes;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Simulator.Devices;

public class PipeSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly ManualTime _time = new();
    private readonly float[] _buffer = new float[24_000];

    [Fact]
    public void Run_TwoWriters_SamplesExactThenWaitsForTheNext()
    {
        using var waiting = new ManualResetEventSlim();
        using var next = new ManualResetEventSlim();
        var ring = new SpscRingBuffer<float>(4096);
        var opened = 0;
        Stream Open()
        {
            if (opened++ == 1)
            {
                waiting.Set();
                next.Wait(Patience);
            }

            return opened <= 2 ? Wav([.. Enumerable.Range(100 * opened, 500).Select(n => (short)n)]) : throw new IOException("gone");
        }

        using var pipe = new SimulatedSourcePipe("p", Open, () => { }, ring, () => { });
        var thread = new Thread(pipe.Run);
        thread.Start();
        Assert.True(waiting.Wait(Patience));
        Assert.Equal((500, false), (ring.Count, pipe.IsConnected));
        next.Set();
        Assert.True(thread.Join(Patience));
        var heard = new float[1000];
        Assert.Equal(1000, ring.Read(heard));
        Assert.Equal([.. Enumerable.Range(100, 500).Concat(Enumerable.Range(200, 500)).Select(n => n / 32768f)], heard);
        Assert.Equal("gone", pipe.Problem);
    }

    [Fact]
    public void Wait_NoWriter_SilenceInRealTime()
    {
        using var never = new ManualResetEventSlim();
        using var source = Source(() =>
        {
            never.Wait(Patience);
            throw new IOException("end of test");
        }, never.Set);
        source.Start();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(AudioWait.TimedOut, source.Wait(0));
            _time.AdvanceMs(10);
            Assert.Equal(AudioWait.Ready, source.Wait(0));
            Assert.Equal(240, source.Read(_buffer, out var frame, out _));
            Assert.Equal(i * 240, frame);
        }
    }

    [Fact]
    public void Read_WriterAhead_IsHeldBackToRealTime()
    {
        var sound = Enumerable.Range(1, 20_000).Select(n => (short)n).ToArray();
        using var source = Source(Once(Wav(sound)));
        source.Start();
        List<float> heard = [];
        while (heard.Count < sound.Length)
        {
            _time.AdvanceMs(10);
            if (source.Wait(1000) != AudioWait.Ready) continue;
            var count = source.Read(_buffer, out var frame, out _);
            Assert.InRange(count, 0, 240);
            if (heard.Count == 0 && _buffer[0] == 0) continue;
            heard.AddRange(_buffer[..count]);
        }

        Assert.Equal(sound.Select(n => n / 32768f), heard.Take(sound.Length));
    }

    [Fact]
    public void Read_WriterPauses_WaitedForThenSilenceThenGoesOnLater()
    {
        using var server = new AnonymousPipeServerStream(PipeDirection.Out);
        using var source = Source(Once(new AnonymousPipeClientStream(PipeDirection.In, server.ClientSafePipeHandle)));
        source.Start();
        var start = _time.GetTimestamp();
        server.Write(Wav(new short[240], sample: 1000).ToArray());
        server.Flush();
        Assert.Equal(240, ReadSound(source));
        // Nothing for 100 ms beyond the period: the reader waits; then one period of silence.
        _time.AdvanceMs(10 + PipeSource.PatienceMs - 1);
        Assert.Equal(AudioWait.TimedOut, source.Wait(0));
        Assert.Equal(0, source.Read(_buffer, out _, out _));
        _time.AdvanceMs(1);
        Assert.Equal(AudioWait.Ready, source.Wait(0));
        Assert.Equal(240, source.Read(_buffer, out var silent, out _));
        Assert.All(_buffer[..240], sample => Assert.Equal(0, sample));
        _time.AdvanceMs(10);
        server.Write(new byte[480]);
        server.Flush();
        Assert.Equal(AudioWait.Ready, source.Wait(10_000));
        source.Read(_buffer, out var frame, out var timeNs);
        Assert.Equal(silent + 240, frame);
        Assert.InRange(timeNs - _time.GetTimestamp(), -20_000_000, -10_000_000);
        Assert.True(timeNs - start > 100_000_000);
    }

    [Fact]
    public void Wait_NotAWav_LostWithOneLine()
    {
        using var source = Source(Once(new MemoryStream(new byte[1000])));
        source.Start();
        var error = Assert.Throws<AudioDeviceException>(() =>
        {
            for (var i = 0; i < 1000; i++) source.Wait(10);
        });
        Assert.StartsWith("pipe.wav: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Dispose_ThreadWaitsInPipe_EndsIt()
    {
        using var never = new ManualResetEventSlim();
        using var left = new ManualResetEventSlim();
        var source = Source(() =>
        {
            never.Wait(Patience);
            left.Set();
            return new MemoryStream();
        }, never.Set);
        source.Start();
        source.Dispose();
        Assert.True(left.Wait(Patience));
    }

    private static MemoryStream Wav(short[] samples, short? sample = null)
    {
        if (sample is not null) Array.Fill(samples, sample.Value);
        var stream = new MemoryStream();
        using (var writer = new WavWriter(stream, 24_000, 1, leaveOpen: true)) writer.Write(samples);
        stream.Position = 0;
        return stream;
    }

    private static Func<Stream> Once(Stream stream)
    {
        var used = 0;
        return () => used++ == 0 ? stream : new MemoryStream();
    }

    private PipeSource Source(Func<Stream> open, Action? unblock = null) => new("pipe.wav", open, unblock ?? (() => { }), _time);

    // Silence until the writer has been seen, then its first period.
    private int ReadSound(PipeSource source)
    {
        while (true)
        {
            _time.AdvanceMs(10);
            int count;
            // The writer may be seen between the wait and the read, and have written nothing yet: then time stands still until it
            // has, or the clock would be a period ahead of what was read.
            do
            {
                Assert.Equal(AudioWait.Ready, source.Wait(100));
                count = source.Read(_buffer, out _, out _);
            }
            while (count == 0);

            if (_buffer[0] != 0) return count;
        }
    }
}

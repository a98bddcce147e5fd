using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Playback;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace EdgeVoice.IntegrationTests.Playback;

/// <summary>A hundred thousand flushes under a flood of deltas, with real threads: no old sample after an acknowledgement.</summary>
[Collection(PlaybackRealTime.Name)]
public sealed class PlaybackFlushStressTests(ITestOutputHelper output)
{
    private const int Flushes = 100_000;
    private const int Rate = 24_000;
    // A sample carries its epoch, never 0 (which is silence); acknowledgements are far closer together than the wrap.
    private const int Colours = 30_000;

    private readonly PlaybackQueues _queues = new(1 << 16, 1024, 1 << 16, 1 << 12);
    private readonly PlaybackControl _control = new();
    private long _published;
    private bool _done;

    [Fact]
    public void Flushes_UnderAFlood_NeverLetAnOldSampleOut()
    {
        var sink = new CheckingSink(_queues);
        using var loop = new PlaybackLoop(() => sink, _queues, _control, Rate, null, TimeProvider.System, NullLogger<PlaybackLoop>.Instance);
        var flood = new Thread(() => Flood(loop));
        loop.Start();
        flood.Start();
        var begun = TimeProvider.System.NowNs();
        Order();
        Volatile.Write(ref _done, true);
        flood.Join();
        var last = _control.Epoch;
        WaitUntil(() => sink.Acknowledged == last);
        loop.Stop();
        output.WriteLine($"{Flushes} flushes in {(TimeProvider.System.NowNs() - begun) / 1e9:0.0} s: {_published} samples published, "
            + $"{sink.Sounded} reached the card, {sink.Acknowledgements} acknowledgements, {sink.Old} old samples after them");
        Assert.Equal(0, sink.Old);
        Assert.Equal(last, sink.Acknowledged);
        Assert.True(sink.Sounded > 100_000, "nothing was played");
        Assert.True(sink.Acknowledgements > 1000, "hardly an order was seen for itself");
        Assert.Equal(0, loop.Counters.DroppedMarks);
    }

    // The conversation: flushes at random moments, some waited for, some in bursts, some out of a pause.
    private void Order()
    {
        var random = new Random(11);
        for (var i = 0; i < Flushes; i++)
        {
            if (random.Next(8) == 0) _control.Pause();
            Thread.SpinWait(random.Next(1000));
            _control.Flush();
        }
    }

    // The receive loop: reads the epoch, and publishes under it even if it has changed meanwhile.
    private void Flood(PlaybackLoop loop)
    {
        var random = new Random(5);
        var delta = new short[701];
        AudioItem? item = null;
        var epoch = -1;
        while (!Volatile.Read(ref _done))
        {
            var now = _control.Epoch;
            if (random.Next(4) == 0) Thread.SpinWait(random.Next(500));
            if (item is null || now != epoch)
            {
                item = new AudioItem("r", "i", 0, Rate);
                if (!_queues.Segments.TryWrite(new PlaybackSegment(_queues.Samples.WritePosition, item, 0, now)))
                {
                    item = null;
                    continue;
                }

                epoch = now;
            }

            var samples = delta.AsSpan(0, random.Next(1, delta.Length));
            samples.Fill((short)(1 + epoch % Colours));
            _published += _queues.Samples.Write(samples);
            if (random.Next(3) == 0) loop.Wake();
        }
    }

    private static void WaitUntil(Func<bool> condition)
    {
        var end = TimeProvider.System.NowNs() + 5_000_000_000;
        while (!condition() && TimeProvider.System.NowNs() < end) Thread.Yield();
    }

    /// <summary>Takes everything at once; looks for acknowledgements on the very thread that emits them, before each write.</summary>
    private sealed class CheckingSink(PlaybackQueues queues) : IAudioSink
    {
        private const int BufferFrames = 720;
        private readonly AutoResetEvent _woken = new(false);
        private long _written;
        private int _room = BufferFrames;
        private int _acknowledged;

        public AudioStreamFormat Format => new(Rate, 1, 240, BufferFrames);

        public int Writable => _room;

        public long Old { get; private set; }

        public long Sounded { get; private set; }

        public long Acknowledgements { get; private set; }

        public int Acknowledged => Volatile.Read(ref _acknowledged);

        public int Write(ReadOnlySpan<float> interleaved)
        {
            ReadMarks();
            var colour = 1 + _acknowledged % Colours;
            foreach (var sample in interleaved[..Math.Min(interleaved.Length, _room)])
            {
                var value = (int)MathF.Round(sample * 32768);
                if (value == 0) continue;
                Sounded++;
                // How far behind the acknowledged epoch, around the wrap; what is ahead counts as far behind.
                var age = (colour - value + Colours) % Colours;
                if (age != 0) Old++;
            }

            var taken = Math.Min(interleaved.Length, _room);
            _written += taken;
            _room -= taken;
            return taken;
        }

        public AudioWait Wait(int timeoutMs)
        {
            ReadMarks();
            return _woken.WaitOne(0) ? AudioWait.Woken : AudioWait.Ready;
        }

        public AudioWait Idle(int timeoutMs)
        {
            ReadMarks();
            return _woken.WaitOne(timeoutMs) ? AudioWait.Woken : AudioWait.TimedOut;
        }

        // All that was written has been heard by the time anyone asks.
        public AudioSinkStatus Status()
        {
            _room = BufferFrames;
            return new AudioSinkStatus(_written, 0, TimeProvider.System.NowNs());
        }

        public long Drop(int keep = 0) => _written;

        public void Wake() => _woken.Set();

        public void Dispose() => _woken.Dispose();

        private void ReadMarks()
        {
            while (queues.Marks.TryRead(out var mark))
            {
                if (mark.Kind != PlayedMarkKind.Flushed) continue;
                Acknowledgements++;
                Volatile.Write(ref _acknowledged, mark.Epoch);
            }
        }
    }
}

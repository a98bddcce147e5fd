using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Benchmarks;

/// <summary>The group <c>led</c>: rendering and encoding a ring of twelve, and what its thread costs in full animation.</summary>
internal static class LedBenchmark
{
    private const int Pixels = 12;
    private const int Frames = 50_000;
    private const int Rounds = 9;
    private static readonly TimeSpan AnimationTime = TimeSpan.FromSeconds(10);

    /// <summary>Prints the table; returns 1 when a figure is missed, else 0.</summary>
    public static async Task<int> RunAsync(TextWriter output)
    {
        var table = new FigureTable(output);
        table.Head($"a ring of {Pixels}");
        foreach (var sample in LookTour.All.Where(sample => sample.Name is "speaking" or "listening" or "connecting" or "muted"))
        {
            var encoder = new OneWireEncoder(OneWireChip.Ws2812, Pixels, ChannelOrder.Parse("GRB"));
            Render(sample, encoder, Frames);
            var best = Enumerable.Range(0, Rounds).Select(_ => Render(sample, encoder, Frames)).Order().ToArray();
            table.AtMost($"render and encode, {sample.Name}, µs a picture (median of {Rounds})", best[Rounds / 2].Microseconds, 5);
            table.AtMost($"the same, bytes allocated in {Frames} pictures", best.Max(figures => figures.Bytes), 0);
        }

        table.AtMost("ev-led, listening, % of a core", await AnimateAsync().ConfigureAwait(false), .3);
        return table.Missed > 0 ? 1 : 0;
    }

    private static (double Microseconds, long Bytes) Render(LookSample sample, PixelEncoder encoder, int frames)
    {
        const long Began = 1_000_000_000;
        var pixels = new Rgb[Pixels];
        var animation = default(LedAnimation);
        var (bytes, start, sum) = (ThreadAllocations.Mark(), TimeProvider.System.GetTimestamp(), 0);
        for (var i = 0; i < frames; i++)
        {
            var now = Began + i * LedTiming.FrameNs;
            var scene = sample.Scene(Began, now);
            animation = animation.Advance(scene, now);
            LedRenderer.Render(scene, animation, now, pixels);
            sum += encoder.Encode(pixels)[^1];
        }

        var taken = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / frames;
        return (taken, ThreadAllocations.Since(bytes) + sum);
    }

    // The look that changes most: the level moves with every picture.
    private static async Task<double> AnimateAsync()
    {
        var time = TimeProvider.System;
        var sample = LookTour.All.Single(look => look.Name == "listening");
        var began = time.NowNs();
        using var ring = new EncodingRing();
        var loop = new LedLoop(() => sample.Scene(began, time.NowNs()), ring, time);
        await using (loop.ConfigureAwait(false))
        {
            loop.Start();
            await Task.Delay(TimeSpan.FromSeconds(2), time).ConfigureAwait(false);
            var before = ThreadCpu.MsOf("ev-led") ?? 0;
            await Task.Delay(AnimationTime, time).ConfigureAwait(false);
            return 100 * ((ThreadCpu.MsOf("ev-led") ?? 0) - before) / AnimationTime.TotalMilliseconds;
        }
    }

    private sealed class EncodingRing : IPixelRing
    {
        private readonly OneWireEncoder _encoder = new(OneWireChip.Ws2812, Pixels, ChannelOrder.Parse("GRB"));

        public int PixelCount => Pixels;

        public void Show(ReadOnlySpan<Rgb> pixels) => _encoder.Encode(pixels);

        public void Dispose()
        {
        }
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Tests.Audio;

namespace EdgeVoice.Benchmarks;

/// <summary>The group <c>resampler</c>: quality of every pair against the figures, speed against libspeexdsp quality 5.</summary>
internal static class ResamplerBenchmark
{
    private const int Tones = 120;
    private const int BlockMs = 10;
    private const int Rounds = 31;

    /// <summary>Prints the table; returns 1 when a figure is missed, else 0.</summary>
    public static int Run(TextWriter output)
    {
        var missed = 0;
        output.WriteLine($"{"pair",-16}{"figure",-30}{"ours",10}{"bar",10}  verdict");
        foreach (var (from, to) in ResamplerProbe.Pairs) missed += Quality(output, from, to);
        output.WriteLine();
        var peer = SpeexResampler.IsInstalled;
        output.WriteLine($"{"pair",-16}{"ms of CPU a second",-30}{"ours",10}{"speex q5",10}{"ratio",8}{"bar",8}  verdict");
        foreach (var (from, to) in ResamplerProbe.Pairs) missed += Speed(output, from, to, peer);
        if (!peer) output.WriteLine("speex not measured: libspeexdsp.so.1 is missing (apt-get install libspeexdsp1)");
        return missed > 0 ? 1 : 0;
    }

    private static int Quality(TextWriter output, int from, int to)
    {
        var probe = new ResamplerProbe(from, to, Tones);
        var pair = $"{from} > {to}";
        return Row(output, pair, "ripple to .85 (dB)", probe.RippleDb(), .05, atMost: true)
            + Row(output, "", "loss at .9 (dB)", -probe.SoftEdgeDb(), 1.5, atMost: true)
            + Row(output, "", "rejection 1.05 to 1.1 (dB)", probe.RejectionDb(1.05, 1.1), 80, atMost: false)
            + Row(output, "", "rejection from 1.1 (dB)", probe.RejectionDb(1.1, 2), 90, atMost: false)
            + Row(output, "", "sine SNR (dB)", probe.SnrDb(), 90, atMost: false)
            + Row(output, "", "latency (ms)", new Resampler(from, to).LatencyMs, 3, atMost: true);
    }

    private static int Row(TextWriter output, string pair, string figure, double ours, double bar, bool atMost)
    {
        var met = atMost ? ours <= bar : ours >= bar;
        output.WriteLine($"{pair,-16}{figure,-30}{ours,10:F3}{(atMost ? "<= " : ">= ") + bar,10}  {(met ? "met" : "MISSED")}");
        return met ? 0 : 1;
    }

    // Both take turns at one second of noise in blocks of 10 ms; the median of the rounds keeps other load out, as many
    // rounds before them the compiler.
    private static int Speed(TextWriter output, int from, int to, bool peer)
    {
        var second = new float[from];
        var random = new Random(1);
        for (var i = 0; i < second.Length; i++) second[i] = (float)(random.NextDouble() - .5);
        var ours = new Resampler(from, to);
        using var theirs = peer ? new SpeexResampler(from, to, 5) : null;
        var room = new float[ours.MaxOutput(from * BlockMs / 1000) + 16];
        var (ourTimes, theirTimes) = (new double[Rounds], new double[Rounds]);
        for (var round = -Rounds; round < Rounds; round++)
        {
            var mine = Time(second, from, block => ours.Process(block, room));
            var other = theirs is null ? 0 : Time(second, from, block => theirs.Process(block, room));
            if (round >= 0) (ourTimes[round], theirTimes[round]) = (mine, other);
        }

        Array.Sort(ourTimes);
        Array.Sort(theirTimes);
        var (median, peerMedian) = (ourTimes[Rounds / 2], theirTimes[Rounds / 2]);
        var met = median <= 1;
        output.WriteLine($"{$"{from} > {to}",-46}{median,10:F3}{(peer ? $"{peerMedian,10:F3}{median / peerMedian,8:F2}" : $"{"-",10}{"-",8}")}"
            + $"{"<= 1",8}  {(met ? "met" : "MISSED")}");
        return met ? 0 : 1;
    }

    private static double Time(float[] second, int rate, Block work)
    {
        var time = TimeProvider.System;
        var block = rate * BlockMs / 1000;
        var start = time.GetTimestamp();
        for (var at = 0; at + block <= second.Length; at += block) work(second.AsSpan(at, block));
        return time.GetElapsedTime(start).TotalMilliseconds;
    }

    private delegate void Block(ReadOnlySpan<float> samples);
}

using EdgeVoice.Core.Audio;

namespace EdgeVoice.Simulator.Server;

/// <summary>Converts a whole sound at once, aligned: the filter's delay is taken off.</summary>
internal static class AudioResample
{
    internal static short[] Mono16(ReadOnlySpan<short> samples, int from, int to)
    {
        var resampler = new Resampler(from, to);
        var input = new float[samples.Length];
        for (var i = 0; i < input.Length; i++)
            input[i] = samples[i] / 32768f;
        var output = new float[resampler.MaxOutput(input.Length) + resampler.FlushCount];
        var count = resampler.Process(input, output);
        count += resampler.Flush(output.AsSpan(count));
        var skip = Math.Min(count, (int)Math.Round(resampler.LatencyOutputSamples));
        var length = Math.Min(count - skip, (int)((long)samples.Length * to / from));
        var result = new short[length];
        for (var i = 0; i < length; i++)
            result[i] = (short)Math.Clamp(MathF.Round(output[skip + i] * 32768f), short.MinValue, short.MaxValue);
        return result;
    }
}

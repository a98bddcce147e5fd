using EdgeVoice.Core.Audio;

namespace EdgeVoice.Sound;

/// <summary>Converts the sound of a whole file as the device converts a stream.</summary>
internal static class SoundConversion
{
    private const float Steps = 32_768;

    /// <summary>Interleaved frames at another rate, in time with the original: every channel through a filter of its own.</summary>
    public static float[] Resample(WavAudio source, int rate)
    {
        if (rate == source.Rate) return source.Interleaved;
        var channels = source.Channels;
        var resampler = new Resampler(source.Rate, rate);
        var frames = resampler.MaxOutput(source.Frames);
        var channel = new float[source.Frames];
        var filtered = new float[frames + resampler.FlushCount];
        var interleaved = new float[frames * channels];
        for (var c = 0; c < channels; c++)
        {
            for (var i = 0; i < channel.Length; i++) channel[i] = source.Interleaved[i * channels + c];
            var produced = resampler.Process(channel, filtered);
            resampler.Flush(filtered.AsSpan(produced));
            for (var i = 0; i < frames; i++) interleaved[i * channels + c] = filtered[resampler.FlushCount + i];
        }

        return interleaved;
    }

    /// <summary>To 16 bits; with dither where the original had more, which would otherwise be cut off.</summary>
    public static short[] To16(Span<float> interleaved, bool dither)
    {
        var samples = new short[interleaved.Length];
        if (dither) new Dither().Add(interleaved);
        PcmConvert.ToInt16(interleaved, samples);
        return samples;
    }

    /// <summary>True when some sample needs more than 16 bits.</summary>
    public static bool HasMoreThan16Bits(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
            if (sample * Steps != MathF.Round(sample * Steps)) return true;
        return false;
    }
}

namespace EdgeVoice.Core.Audio;

/// <summary>The sound of one WAV file.</summary>
/// <param name="Interleaved">Samples of whole frames, full scale 1.</param>
/// <param name="Rate">Frames a second, 1,000 to 384,000.</param>
/// <param name="Channels">Samples a frame, 1 to 64.</param>
public sealed record WavAudio(float[] Interleaved, int Rate, int Channels)
{
    /// <summary>Number of frames.</summary>
    public int Frames => Interleaved.Length / Channels;

    /// <summary>
    /// All channels averaged, resampled to <paramref name="rate"/> (1,000 to 384,000) without delay, as 16-bit samples;
    /// the file's own samples where it is 16-bit mono at that rate.
    /// </summary>
    public short[] ToMono16(int rate)
    {
        var mono = new float[Frames];
        ChannelMixer.ToMono(Interleaved, Channels, -1, mono);
        var resampled = Resample(mono, new Resampler(Rate, rate));
        var samples = new short[resampled.Length];
        PcmConvert.ToInt16(resampled, samples);
        return samples;
    }

    private static Span<float> Resample(float[] mono, Resampler resampler)
    {
        var length = resampler.MaxOutput(mono.Length);
        var output = new float[length + resampler.FlushCount];
        var produced = resampler.Process(mono, output);
        resampler.Flush(output.AsSpan(produced));
        return output.AsSpan(resampler.FlushCount, length);
    }
}

namespace EdgeVoice.Core.Audio;

/// <summary>Between interleaved channels and mono.</summary>
/// <remarks>Stateless, allocation-free, any thread.</remarks>
public static class ChannelMixer
{
    /// <summary>
    /// Takes one <paramref name="channel"/> (0 for the first) of interleaved frames, or the average of all with -1.
    /// </summary>
    /// <exception cref="ArgumentException">No such channel, a broken frame, or a destination that is too short.</exception>
    public static void ToMono(ReadOnlySpan<float> interleaved, int channels, int channel, Span<float> mono)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, channels);
        CheckFrames(interleaved.Length, channels, mono.Length);
        if (channels == 1) interleaved.CopyTo(mono);
        else if (channel < 0) Average(interleaved, channels, mono);
        else
            for (int frame = 0, at = channel; at < interleaved.Length; frame++, at += channels)
                mono[frame] = interleaved[at];
    }

    /// <summary>Puts the same mono sample on every channel; fills the first <c>mono.Length</c> frames.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public static void FromMono(ReadOnlySpan<float> mono, int channels, Span<float> interleaved)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (interleaved.Length / channels < mono.Length) throw new ArgumentException("too short", nameof(interleaved));
        for (var frame = 0; frame < mono.Length; frame++)
            interleaved.Slice(frame * channels, channels).Fill(mono[frame]);
    }

    private static void Average(ReadOnlySpan<float> interleaved, int channels, Span<float> mono)
    {
        var scale = 1f / channels;
        var frames = interleaved.Length / channels;
        for (var frame = 0; frame < frames; frame++)
        {
            var sum = 0f;
            foreach (var sample in interleaved.Slice(frame * channels, channels)) sum += sample;
            mono[frame] = sum * scale;
        }
    }

    private static void CheckFrames(int samples, int channels, int room)
    {
        if (samples % channels != 0) throw new ArgumentException($"{samples} samples are no whole frames of {channels}");
        if (room < samples / channels) throw new ArgumentException($"{room} samples are too short for {samples / channels} frames");
    }
}

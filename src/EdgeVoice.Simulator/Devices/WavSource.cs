using EdgeVoice.Core.Audio;

namespace EdgeVoice.Simulator.Devices;

/// <summary>
/// A microphone that hears a WAV file at the file's own rate and channels, from the moment it is opened, and digital silence
/// after its end: <c>wav:PATH</c>.
/// </summary>
/// <remarks>The contract of <see cref="SimulatedSource"/>; the file is read whole by the caller.</remarks>
public sealed class WavSource(WavAudio audio, TimeProvider time, bool loop = false)
    : SimulatedSource(audio.Rate, audio.Channels, time)
{
    private readonly float[] _interleaved = audio.Interleaved;

    /// <inheritdoc/>
    protected override void Fill(long frame, Span<float> interleaved)
    {
        var at = frame * Format.Channels;
        var filled = 0;
        while (filled < interleaved.Length)
        {
            if (loop && _interleaved.Length > 0) at %= _interleaved.Length;
            if (at >= _interleaved.Length) break;
            var count = (int)Math.Min(_interleaved.Length - at, interleaved.Length - filled);
            _interleaved.AsSpan((int)at, count).CopyTo(interleaved[filled..]);
            filled += count;
            at += count;
        }

        interleaved[filled..].Clear();
    }
}

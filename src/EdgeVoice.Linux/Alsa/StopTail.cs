using EdgeVoice.Core.Devices;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Keeps the last bufferful written, and makes of it the ramp with which a stopped stream ends.</summary>
/// <remarks>One thread; allocation-free after construction.</remarks>
internal sealed class StopTail
{
    private const int MarginMs = 2;
    private const int RampMs = 4;
    private readonly int _channels;
    private readonly int _capacity;
    private readonly int _rampFrames;
    private readonly float[] _kept;
    private readonly float[] _ramp;

    public StopTail(AudioStreamFormat format)
    {
        _channels = format.Channels;
        _capacity = format.BufferFrames;
        _rampFrames = format.Rate * RampMs / 1000;
        MarginFrames = format.Rate * MarginMs / 1000;
        _kept = new float[_capacity * _channels];
        _ramp = new float[_rampFrames * _channels];
    }

    /// <summary>How far ahead of the card's own position a stream can be changed safely.</summary>
    public int MarginFrames { get; }

    /// <summary>Remembers what was written from absolute frame <paramref name="frame"/> on.</summary>
    public void Keep(ReadOnlySpan<float> interleaved, long frame)
    {
        while (interleaved.Length > 0)
        {
            var at = (int)(frame % _capacity);
            var frames = Math.Min(interleaved.Length / _channels, _capacity - at);
            interleaved[..(frames * _channels)].CopyTo(_kept.AsSpan(at * _channels));
            interleaved = interleaved[(frames * _channels)..];
            frame += frames;
        }
    }

    /// <summary>
    /// What is heard from <paramref name="frame"/> on instead: the same, falling to nothing along half a cosine within 4 ms or
    /// the <paramref name="available"/> frames, if those are fewer. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<float> Prepare(long frame, int available)
    {
        var length = Math.Min(_rampFrames, available);
        for (var i = 0; i < length; i++)
        {
            var gain = 0.5f + 0.5f * MathF.Cos(MathF.PI * (i + 1) / (length + 1));
            var at = (int)((frame + i) % _capacity) * _channels;
            for (var channel = 0; channel < _channels; channel++) _ramp[i * _channels + channel] = _kept[at + channel] * gain;
        }

        return _ramp.AsSpan(0, length * _channels);
    }
}

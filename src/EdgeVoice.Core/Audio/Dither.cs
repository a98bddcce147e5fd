namespace EdgeVoice.Core.Audio;

/// <summary>
/// Triangular dither of ±1 step of 16 bits, added where a gain has made samples that 16 bits cannot hold: what is rounded off becomes a
/// steady faint noise instead of distortion that follows the voice.
/// </summary>
/// <remarks>One thread; in place; no allocation. Digital silence stays digital silence.</remarks>
public sealed class Dither
{
    private const float Step = 1 / 32768f;
    private uint _state = 0x2545F491;

    /// <summary>Adds dither, but not to a block that is all zero.</summary>
    public void Add(Span<float> samples)
    {
        if (!samples.ContainsAnyExcept(0f)) return;
        foreach (ref var sample in samples) sample += (Next() - Next()) * Step;
    }

    // [0, 1), from the high bits of a linear congruential generator; the difference of two is triangular.
    private float Next()
    {
        _state = _state * 1664525 + 1013904223;
        return (_state >> 8) * (1f / (1 << 24));
    }
}

namespace EdgeVoice.Core.Playback;

/// <summary>A gain that moves to its target in small steps, so that a change never clicks.</summary>
/// <param name="step">Largest change from one sample to the next.</param>
internal sealed class GainRamp(float step)
{
    private float _now = 1f;

    /// <summary>Where the gain is going.</summary>
    public float Target { get; set; } = 1f;

    /// <summary>Takes the target at once: for use while nothing sounds.</summary>
    public void Snap() => _now = Target;

    /// <summary>Multiplies in place; a gain of exactly 1 changes no bit.</summary>
    public void Apply(Span<float> samples)
    {
        var at = 0;
        for (; at < samples.Length && _now != Target; at++)
        {
            _now += Math.Clamp(Target - _now, -step, step);
            samples[at] *= _now;
        }

        if (_now == 1f) return;
        foreach (ref var sample in samples[at..]) sample *= _now;
    }
}

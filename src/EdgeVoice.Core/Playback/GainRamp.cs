namespace EdgeVoice.Core.Playback;

/// <summary>A gain that moves to its target in small steps, so that a change never clicks.</summary>
/// <param name="length">Samples that any change takes.</param>
internal sealed class GainRamp(int length)
{
    private float _now = 1f, _target = 1f, _step;

    /// <summary>Where the gain is going.</summary>
    public float Target
    {
        get => _target;
        set
        {
            if (value == _target) return;
            _target = value;
            _step = Math.Abs(value - _now) / length;
        }
    }

    /// <summary>True while nothing passes, and nothing is going to.</summary>
    public bool IsSilent => _now == 0f && _target == 0f;

    /// <summary>True while every bit passes unchanged.</summary>
    public bool IsUnity => _now == 1f && _target == 1f;

    /// <summary>Takes the target at once: for use while nothing sounds.</summary>
    public void Snap() => _now = _target;

    /// <summary>Multiplies in place; a gain of exactly 1 changes no bit.</summary>
    public void Apply(Span<float> samples)
    {
        var at = 0;
        for (; at < samples.Length && _now != _target; at++)
        {
            _now += Math.Clamp(_target - _now, -_step, _step);
            samples[at] *= _now;
        }

        if (_now == 1f) return;
        foreach (ref var sample in samples[at..]) sample *= _now;
    }
}

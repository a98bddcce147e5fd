namespace EdgeVoice.Core.Led;

/// <summary>Hours of the day in which the lights are dimmer.</summary>
/// <param name="From">Their beginning, included.</param>
/// <param name="To">Their end, not included; before <paramref name="From"/> it is the next morning's.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>True when a time of the local day is one of them.</summary>
    public bool Contains(TimeOnly time) => time.IsBetween(From, To);
}

namespace EdgeVoice.Core.Configuration;

/// <summary>One option that has another value than before.</summary>
/// <param name="Path">Which one, from the options' root, as in <c>audio.playback.volume</c>.</param>
/// <param name="Effect">What it takes to be in force; never <see cref="OptionEffect.Inherited"/>.</param>
public readonly record struct ConfigurationChange(string Path, OptionEffect Effect);

/// <summary>Says what two configurations do not have in common.</summary>
/// <remarks>Pure: any thread may call it.</remarks>
public static class ConfigurationDiff
{
    /// <summary>
    /// Every option with another value in <paramref name="next"/> than in <paramref name="old"/>, in the order of the records, compared by
    /// value. A list, a map, a group that can be "not set" and a group of alternatives count as one option.
    /// </summary>
    public static IReadOnlyList<ConfigurationChange> Between(EdgeVoiceOptions old, EdgeVoiceOptions next)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(next);
        var changes = new List<ConfigurationChange>();
        Compare(old, next, string.Empty, OptionEffect.Inherited, changes);
        return changes;
    }

    private static void Compare(object old, object next, string prefix, OptionEffect inherited, List<ConfigurationChange> changes)
    {
        foreach (var (name, key) in OptionShape.Keys(old.GetType()))
        {
            var effect = key.About.Effect == OptionEffect.Inherited ? inherited : key.About.Effect;
            var before = key.Property.GetValue(old);
            var after = key.Property.GetValue(next);
            if (OptionShape.IsMerged(key))
                Compare(before!, after!, $"{prefix}{name}.", effect, changes);
            else if (!OptionEquality.Same(before, after))
                changes.Add(new ConfigurationChange(prefix + name, effect));
        }
    }
}

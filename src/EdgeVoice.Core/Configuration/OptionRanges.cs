using System.Collections;

namespace EdgeVoice.Core.Configuration;

/// <summary>The limits of numbers, as the options' attributes name them.</summary>
internal static class OptionRanges
{
    /// <summary>Adds every number of <paramref name="options"/> that is outside its limits.</summary>
    public static void Check(OptionRules rules, EdgeVoiceOptions options) => Group(rules, options, string.Empty);

    /// <summary>What is wrong with one value, in the words of a problem; null where nothing is.</summary>
    public static (string Found, string Allowed)? Problem(OptionAttribute about, object? value) =>
        NumberOf(value) is { } number && !IsWithin(about, number) ? (ValueText.Number(number), Allowed(about)) : null;

    /// <summary>True where a number is within the limits, both included.</summary>
    public static bool IsWithin(OptionAttribute about, double number) => !(number < about.Min || number > about.Max || double.IsNaN(number));

    private static string Allowed(OptionAttribute about) =>
        double.IsNaN(about.Max) ? $"{ValueText.Number(about.Min)} at least"
        : double.IsNaN(about.Min) ? $"{ValueText.Number(about.Max)} at most"
        : $"{ValueText.Number(about.Min)} to {ValueText.Number(about.Max)}";

    private static double? NumberOf(object? value) => value switch
    {
        int whole => whole,
        double number => number,
        GainSetting { IsAutomatic: false } gain => gain.Db,
        AnswerLimit { Count: { } count } => count,
        NumberOrName { Name: null } numbered => numbered.Number,
        _ => null,
    };

    private static void Group(OptionRules rules, object options, string prefix)
    {
        foreach (var (name, key) in OptionShape.Keys(options.GetType()))
        {
            var value = key.Property.GetValue(options);
            if (value is IList list && OptionShape.ElementOf(key.Type) is { } element && OptionShape.IsGroup(element))
            {
                for (var i = 0; i < list.Count; i++)
                    Group(rules, list[i]!, $"{prefix}{name}[{i}].");
            }
            else if (value is not null && OptionShape.IsGroup(key.Type))
            {
                Group(rules, value, $"{prefix}{name}.");
            }
            else if (Problem(key.About, value) is { } problem)
            {
                rules.Add($"{prefix}{name}", problem.Found, problem.Allowed);
            }
        }
    }
}

using System.Globalization;

namespace EdgeVoice.Benchmarks;

/// <summary>Options of a command that are all positive whole numbers: <c>--name N</c>.</summary>
internal static class CommandNumbers
{
    /// <summary>Reads them over their defaults; false after one line about what is wrong.</summary>
    public static bool TryRead(string[] args, TextWriter output, out Dictionary<string, long> values, params (string Name, long Default)[] known)
    {
        values = known.ToDictionary(k => k.Name, k => k.Default);
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (values.ContainsKey(name) && i + 1 < args.Length
                && long.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= int.MaxValue)
            {
                values[name] = number;
                continue;
            }

            output.WriteLine($"{args[i]}: not an option with its number; known are {string.Join(", ", known.Select(k => $"--{k.Name} N (default {k.Default})"))}");
            return false;
        }

        return true;
    }
}

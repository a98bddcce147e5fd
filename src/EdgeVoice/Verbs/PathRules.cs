using System.CommandLine;
using System.CommandLine.Parsing;

namespace EdgeVoice.Verbs;

/// <summary>What every path on the command line must be: some text. A shell variable that is not set gives none.</summary>
internal static class PathRules
{
    public static Option<string?> NotEmpty(this Option<string?> option)
    {
        option.Validators.Add(result => Check(result, option.Name));
        return option;
    }

    public static Argument<string> NotEmpty(this Argument<string> argument)
    {
        argument.Validators.Add(result => Check(result, argument.Name));
        return argument;
    }

    private static void Check(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError($"{name}: a path is missing.");
    }
}

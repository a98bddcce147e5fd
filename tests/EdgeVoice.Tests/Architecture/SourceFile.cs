using System.Text.RegularExpressions;

namespace EdgeVoice.Tests.Architecture;

/// <summary>A text file of the repository; <paramref name="Path"/> is relative to its top, with forward slashes.</summary>
internal sealed partial record SourceFile(string Path, string Text)
{
    private string? _code;

    /// <summary>Lines of the file; a final newline opens no further line.</summary>
    public int LineCount => Text.Count(c => c == '\n') + (Text.Length > 0 && Text[^1] != '\n' ? 1 : 0);

    /// <summary>The text without comments and with every string emptied, so that rules see code alone.</summary>
    public string Code => _code ??= CommentOrString().Replace(Text, match => match.Value[0] == '/' ? " " : "\"\"");

    [GeneratedRegex("""
        \$*\"{3}[\s\S]*?\"{3}|\$?@\$?"(?:""|[^"])*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'|//[^\n]*|/\*[\s\S]*?\*/
        """)]
    private static partial Regex CommentOrString();
}

namespace EdgeVoice.Core.Configuration;

/// <summary>One object of options in a file, or one environment variable.</summary>
/// <param name="Title">For people: "defaults", "group NAME", "device NAME"; empty for the environment, whose source says it.</param>
/// <param name="Prefix">JSON path of the object; empty for the environment.</param>
/// <param name="Source">The text that it stands in.</param>
/// <param name="Start">Byte at which the object begins.</param>
/// <param name="End">Byte behind its end.</param>
internal sealed record Layer(string Title, string Prefix, SourceText Source, int Start, int End)
{
    /// <summary>The object.</summary>
    public ReadOnlySpan<byte> Bytes => Source.Bytes[Start..End];

    /// <summary>Where a value of this layer comes from, for people.</summary>
    public string Origin(int offset) => Title.Length == 0 ? Source.At(offset) : $"{Source.At(offset)} ({Title})";
}

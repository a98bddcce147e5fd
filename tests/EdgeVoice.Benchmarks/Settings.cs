namespace EdgeVoice.Benchmarks;

/// <summary>Settings of the runtime for a part, as environment variables.</summary>
internal static class Settings
{
    /// <summary>As this program has them.</summary>
    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    /// <summary>As the program edgevoice has them, where they differ from the runtime's own.</summary>
    public static IReadOnlyDictionary<string, string> Product { get; } =
        new Dictionary<string, string> { ["DOTNET_TieredCompilation"] = "0", ["DOTNET_gcConcurrent"] = "1" };
}

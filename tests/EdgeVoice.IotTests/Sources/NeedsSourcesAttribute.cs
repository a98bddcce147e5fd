namespace EdgeVoice.IotTests.Sources;

/// <summary>A test that runs where <see cref="Variable"/> names checkouts of the packages' sources, folders with ':' between.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsSourcesAttribute : FactAttribute
{
    public const string Variable = "EDGEVOICE_IOT_SOURCES";

    public NeedsSourcesAttribute()
    {
        if (Folders.Count == 0) Skip = $"{Variable} names no checkout of the packages' sources (dotnet/iot, Omegaframe/alsa.net, dotnet/runtime)";
    }

    public static IReadOnlyList<string> Folders =>
        (Environment.GetEnvironmentVariable(Variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

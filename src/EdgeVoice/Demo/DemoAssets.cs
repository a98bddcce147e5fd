using System.Text.Json;

namespace EdgeVoice.Demo;

/// <summary>The clips shipped with the program.</summary>
internal static class DemoAssets
{
    /// <summary>Where they lie beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Assets");

    /// <summary>File name to words.</summary>
    public static IReadOnlyDictionary<string, string> Words(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "assets.json")));
        return json.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
    }
}

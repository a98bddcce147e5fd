namespace EdgeVoice.Service;

/// <summary>The spoken help shipped with the program, one folder a language.</summary>
internal static class ShippedHelp
{
    /// <summary>Where it lies beside the program.</summary>
    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Assets", "help");
}

namespace EdgeVoice.Service;

/// <summary>Where what outlives a restart is kept, as far as that can be known before a configuration is read.</summary>
internal static class StateDirectory
{
    /// <summary>Where packages keep it.</summary>
    public const string Usual = "/var/lib/edgevoice";

    private const string Variable = "STATE_DIRECTORY";

    /// <summary>The directory that systemd names, the first where it names several; else the usual one where it is there; null: there is none.</summary>
    public static string? Find() =>
        Environment.GetEnvironmentVariable(Variable)?.Split(':', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first
        : Directory.Exists(Usual) ? Usual : null;
}

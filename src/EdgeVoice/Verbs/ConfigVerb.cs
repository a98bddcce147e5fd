using System.CommandLine;

namespace EdgeVoice.Verbs;

/// <summary><c>config</c>: what a configuration file says, and whether it may.</summary>
internal static class ConfigVerb
{
    public static Command Create(TextWriter output, TextWriter error) =>
        new("config", "Check a configuration, show what a device gets of it, print its schema.")
        {
            ConfigCheckVerb.Create(output, error),
            ConfigShowVerb.Create(output, error),
            ConfigSchemaVerb.Create(output),
        };
}

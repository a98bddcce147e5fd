using System.CommandLine;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Verbs;

/// <summary><c>config schema</c>: the JSON Schema of the configuration, for editors.</summary>
internal static class ConfigSchemaVerb
{
    public static Command Create(TextWriter output)
    {
        var command = new Command("schema", "Print the JSON Schema of the configuration; editors complete and check by it.");
        command.SetAction((_, _) => output.WriteAsync(ConfigurationSchema.ToJson()));
        return command;
    }
}

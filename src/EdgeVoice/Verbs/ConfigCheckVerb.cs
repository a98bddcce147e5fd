using System.CommandLine;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Service;

namespace EdgeVoice.Verbs;

/// <summary><c>config check</c>: every error of a configuration, for one device or for all that it names.</summary>
/// <remarks>Exit codes: 0 all is well, 2 it is not. The environment counts for one device only: that of another machine is not known here.</remarks>
internal static class ConfigCheckVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var file = new Argument<string>("FILE") { Description = "Configuration file." }.NotEmpty();
        var device = ConfigOptions.Device("Check what this device gets, with the environment; default: every device that the file names, without it.");
        var command = new Command("check", "Find every error in a configuration file.") { file, device };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(file), parsed.GetValue(device), output, error));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? device, TextWriter output, TextWriter error)
    {
        var hasPackages = Backends.Iot is not null;
        IReadOnlyList<string> errors;
        string all;
        if (device is null)
        {
            var check = ConfigurationCheck.Of(path, hasPackages);
            (errors, all) = (check.Errors, check.Devices == 1 ? "1 device" : $"{check.Devices} devices");
        }
        else
        {
            var read = ConfigurationReader.Read(path, ConfigOptions.Request(device, hasPackages));
            (errors, all) = (read.Errors, read.DeviceEntry is { } entry ? $"device {device} by \"{entry}\"" : $"device {device} is not named, it gets the defaults");
            foreach (var line in read.Warnings) await error.WriteLineAsync(line).ConfigureAwait(false);
        }

        foreach (var line in errors) await error.WriteLineAsync(line).ConfigureAwait(false);
        if (errors.Count > 0) return Program.UsageError;
        await output.WriteLineAsync($"{path}: ok, {all}").ConfigureAwait(false);
        return 0;
    }
}

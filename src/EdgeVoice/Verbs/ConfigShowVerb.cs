using System.CommandLine;
using System.Text.Json.Nodes;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Service;

namespace EdgeVoice.Verbs;

/// <summary><c>config show</c>: what a device really gets, and where each value comes from.</summary>
/// <remarks>Exit codes: 0 done, 2 the configuration is invalid. There is no secret in it: credentials are named, not held.</remarks>
internal static class ConfigShowVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var config = new Option<string?>("--config")
        {
            Description = $"Configuration file (default: ${RunVerb.Variable}, then {RunVerb.DefaultPath}).",
            HelpName = "FILE",
        }.NotEmpty();
        var device = ConfigOptions.Device("The device (default: this one).");
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("show", "Show what a device gets, and where each value comes from.") { config, device, json };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(config) ?? Environment.GetEnvironmentVariable(RunVerb.Variable) ?? RunVerb.DefaultPath,
            ConfigOptions.Request(parsed.GetValue(device), Backends.Iot is not null), parsed.GetValue(json), output, error));
        return command;
    }

    private static async Task<int> RunAsync(string path, ConfigurationRequest request, bool isJson, TextWriter output, TextWriter error)
    {
        var read = ConfigurationReader.Read(path, request);
        foreach (var line in read.Errors.Concat(read.Warnings)) await error.WriteLineAsync(line).ConfigureAwait(false);
        if (read.Options is not { } options) return Program.UsageError;
        var values = ConfigurationValues.Of(options, read.Origins);
        await output.WriteAsync(isJson ? ToJson(request.DeviceId, read.DeviceEntry, values) : ToTable(request.DeviceId, read.DeviceEntry, values)).ConfigureAwait(false);
        return 0;
    }

    private static string ToJson(string device, string? entry, IReadOnlyList<ConfigurationValue> values)
    {
        var rows = values.Select(value => (JsonNode)new JsonObject
        {
            ["path"] = value.Path,
            ["value"] = JsonNode.Parse(value.Json),
            ["origin"] = value.Origin,
        });
        return new JsonObject { ["device"] = device, ["entry"] = entry, ["values"] = new JsonArray([.. rows]) }.ToJsonString() + "\n";
    }

    private static string ToTable(string device, string? entry, IReadOnlyList<ConfigurationValue> values)
    {
        const int MaxValue = 48;
        var path = values.Max(value => value.Path.Length);
        var width = Math.Min(MaxValue, values.Max(value => value.Json.Length));
        var lines = values.Select(value => $"{value.Path.PadRight(path)}  {value.Json.PadRight(width)}  {value.Origin}\n");
        return $"device {device}, {(entry is null ? "not named in the file" : $"by \"{entry}\"")}\n{string.Concat(lines)}";
    }
}

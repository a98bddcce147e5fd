using System.ComponentModel;
using System.Diagnostics;
using EdgeVoice.Tests.Audio;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>
/// A test that needs the collected schema, and Python with jsonschema; skipped, saying why, where one is missing. The schema is not
/// part of the repository; Python is a package that can be installed, and with <c>CI=true</c> the test fails without it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SchemaFactAttribute : FactAttribute
{
    /// <summary>Looks for what the test needs.</summary>
    public SchemaFactAttribute()
    {
        Skip = SchemaValidator.SchemaPath is null
            ? "shared/protocol/realtime-ga.schema.json is not beside the repository"
            : NeededPackage.SkipReason(SchemaValidator.HasPython, "python3-jsonschema");
    }
}

/// <summary>Runs Support/validate_events.py.</summary>
internal static class SchemaValidator
{
    /// <summary>The schema; null where it is not there.</summary>
    public static string? SchemaPath { get; } = FindSchema();

    /// <summary>True when Python and its jsonschema are there.</summary>
    public static bool HasPython { get; } = Probe();

    /// <summary>Validates events against one root of the schema; returns the exit code and what was printed.</summary>
    public static (int ExitCode, string Output) Validate(string root, IEnumerable<string> events)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, events);
            var script = Path.Combine(ProtocolFiles.Root.FullName, "tests/EdgeVoice.Tests/Support/validate_events.py");
            return Run(script, SchemaPath!, root, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? FindSchema() =>
        ProtocolFiles.Shared is { } folder && Path.Combine(folder.FullName, "realtime-ga.schema.json") is var path && File.Exists(path)
            ? path : null;

    private static bool Probe()
    {
        try
        {
            return Run("-c", "from jsonschema import Draft202012Validator").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }
}

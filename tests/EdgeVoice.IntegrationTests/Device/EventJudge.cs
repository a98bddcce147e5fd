using System.Diagnostics;
using System.Text.Json;
using EdgeVoice.Tests.Realtime.Protocol;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>
/// Holds every event that a device sent against the list of exact field names, and against the published schema where its copy
/// lies beside the repository and Python has jsonschema.
/// </summary>
/// <remarks>One Python process for all tests; one test at a time.</remarks>
internal static class EventJudge
{
    private const string Program = """
        import json, sys
        sys.path.insert(0, sys.argv[2])
        from jsonschema import Draft202012Validator
        from validate_events import deepest
        schema = json.load(open(sys.argv[1]))
        judge = Draft202012Validator({"$defs": schema["$defs"], "$ref": "#/$defs/RealtimeClientEvent"})
        print("ready", flush=True)
        for line in sys.stdin:
            error = next(judge.iter_errors(json.loads(line)), None)
            print("ok" if error is None else str(deepest(error).json_path) + ": " + deepest(error).message[:300], flush=True)
        """;

    private static readonly Lazy<Task<Process?>> Judge = new(StartAsync);

    public static async Task CheckAsync(IReadOnlyList<string> events)
    {
        foreach (var sent in events)
        {
            using var json = JsonDocument.Parse(sent);
            Assert.Empty(ClientEventFields.Check(json.RootElement));
        }

        if (await Judge.Value is not { } judge) return;
        foreach (var sent in events)
        {
            await judge.StandardInput.WriteLineAsync(sent);
            await judge.StandardInput.FlushAsync();
            var verdict = await judge.StandardOutput.ReadLineAsync();
            Assert.True(verdict == "ok", $"{verdict}: {sent[..Math.Min(sent.Length, 400)]}");
        }
    }

    private static async Task<Process?> StartAsync()
    {
        if (Find("shared/protocol/realtime-ga.schema.json") is not { } schema) return null;
        var script = Find("tests/EdgeVoice.Tests/Support/validate_events.py")!;
        var python = Process.Start(new ProcessStartInfo("python3", ["-W", "ignore", "-c", Program, schema, Path.GetDirectoryName(script)!])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        // The tests' end closes its input, which ends it.
        Assert.Equal("ready", await python.StandardOutput.ReadLineAsync());
        return python;
    }

    private static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, relative) is var path && File.Exists(path)) return path;
        return null;
    }
}

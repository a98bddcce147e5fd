using System.Text.Json;
using EdgeVoice.Core.Tools;

namespace EdgeVoice.Tests.Tools;

/// <summary>A tool that does what a test says.</summary>
internal sealed class FakeTool(string name, Func<JsonElement, CancellationToken, Task<string>> run) : IDeviceTool
{
    public string Name => name;

    public string Description => "A test's.";

    public JsonElement Parameters { get; } = JsonDocument.Parse("{}").RootElement;

    public TimeSpan TimeLimit { get; init; } = IDeviceTool.UsualTimeLimit;

    public bool IsSerial { get; init; }

    public Task<string> RunAsync(JsonElement arguments, CancellationToken stop) => run(arguments, stop);
}

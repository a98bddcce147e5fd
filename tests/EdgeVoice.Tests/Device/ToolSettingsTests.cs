using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Device;

namespace EdgeVoice.Tests.Device;

public sealed class ToolSettingsTests
{
    [Fact]
    public void Tools_OfTheDevice_StandBeforeThoseOfTheConfiguration()
    {
        var tools = Announced(r => r with { Tools = [new() { Name = "lamp" }, new() { Type = ToolType.Mcp, ServerLabel = "time", ServerUrl = "https://host/" }] });
        Assert.Equal(["volume", "mute", "goodbye", "time", "lamp", "time (mcp)"], tools!.Select(Name));
    }

    [Fact]
    public void Tools_FunctionWithADevicesName_ReplacesDescriptionAndGivenParameters()
    {
        var schema = System.Text.Json.JsonDocument.Parse("""{"type":"object"}""").RootElement;
        var shipped = Announced(r => r)!.OfType<FunctionTool>().ToDictionary(tool => tool.Name);
        var tools = Announced(r => r with
        {
            DeviceTools = ["time", "volume", "mute"],
            Tools = [new() { Name = "volume", Description = "Loud or soft." }, new() { Name = "time", Parameters = schema }],
        })!.Cast<FunctionTool>().ToList();
        Assert.Equal(["time", "volume", "mute"], tools.Select(tool => tool.Name));
        Assert.Equal((shipped["time"].Description, schema.GetRawText()), (tools[0].Description, tools[0].Parameters!.Value.GetRawText()));
        Assert.Equal(("Loud or soft.", shipped["volume"].Parameters!.Value.GetRawText()), (tools[1].Description, tools[1].Parameters!.Value.GetRawText()));
    }

    [Fact]
    public void Tools_NoneOfTheDevice_AreAsConfigured()
    {
        Assert.Null(Announced(r => r with { DeviceTools = [] }));
        Assert.Empty(Announced(r => r with { DeviceTools = [], Tools = [] })!);
        Assert.Equal(["volume"], Announced(r => r with { DeviceTools = [], Tools = [new() { Name = "volume" }] })!.Select(Name));
    }

    [Fact]
    public void Volume_Set_IsOrderedOfTheLoudspeakerAndShown()
    {
        var shown = new List<int>();
        var playback = new PlaybackControl();
        var volume = new LiveVolume(playback, 100, shown.Add);
        Assert.Equal((100, 1f), (volume.Percent, playback.Orders.Gain));
        Assert.Empty(shown);
        volume.Set(50);
        volume.Set(-5);
        Assert.Equal([50, 0], shown);
        Assert.Equal((0, 0f), (volume.Percent, playback.Orders.Gain));
    }

    private static string Name(Tool tool) => tool is FunctionTool function ? function.Name : $"{((McpTool)tool).ServerLabel} (mcp)";

    private static IReadOnlyList<Tool>? Announced(Func<RealtimeOptions, RealtimeOptions> change)
    {
        var options = new EdgeVoiceOptions();
        options = options with { Realtime = change(options.Realtime) };
        var registry = DeviceTools.Create(
            options, [], new LiveVolume(new PlaybackControl(), 70, _ => { }), () => new TurnRules(HandsFree: false), _ => true, TimeProvider.System);
        return SessionSettings.From(options, _ => null, registry).Tools;
    }
}

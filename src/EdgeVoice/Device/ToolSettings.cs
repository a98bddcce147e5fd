using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Tools;

namespace EdgeVoice.Device;

/// <summary>What the model may call, as the configuration has it.</summary>
internal static class ToolSettings
{
    /// <summary>
    /// What the device can do of itself, then the tools of the configuration; one of those that has the name of a device's own describes
    /// that one. Null: nothing is sent.
    /// </summary>
    public static IReadOnlyList<Tool>? Tools(ToolRegistry? device, IReadOnlyList<ToolOptions>? options, Func<CredentialOptions, Secret?> read)
    {
        if (device is null or { All.Count: 0 }) return options is null ? null : Tools(options, read);
        var described = options?.Where(option => option.Type == ToolType.Function && device.Find(option.Name!) is not null).ToList() ?? [];
        var own = device.All.Select(tool => Own(tool, described.Find(option => option.Name == tool.Name)));
        return [.. own, .. Tools([.. (options ?? []).Except(described)], read)];
    }

    private static FunctionTool Own(IDeviceTool tool, ToolOptions? described) =>
        new(tool.Name, described?.Description ?? tool.Description, described?.Parameters ?? tool.Parameters);

    /// <summary>The tools; a server whose token cannot be had is left out, since it would fail at every connection.</summary>
    public static IReadOnlyList<Tool> Tools(IReadOnlyList<ToolOptions> options, Func<CredentialOptions, Secret?> read)
    {
        var tools = new List<Tool>();
        foreach (var option in options)
        {
            var token = option.Authorization is { } credential ? read(credential) : null;
            if (option.Type == ToolType.Function)
                tools.Add(new FunctionTool(option.Name!, option.Description, option.Parameters));
            else if (option.Authorization is null || token is not null)
                tools.Add(Server(option, token));
        }

        return tools;
    }

    /// <summary>Whether and which tool is called; null: not sent.</summary>
    public static ToolChoice? Choice(ToolChoiceOptions? options) => options switch
    {
        null => null,
        { Type: ToolType.Function } => new ToolChoiceFunction(options.Name!),
        { Type: ToolType.Mcp } => new ToolChoiceMcp(options.ServerLabel!, options.Name is { } name ? new Optional<string>(name) : default),
        { Mode: Core.Configuration.ToolChoiceMode.None } => ToolChoice.None,
        { Mode: Core.Configuration.ToolChoiceMode.Required } => ToolChoice.Required,
        _ => ToolChoice.Auto,
    };

    private static McpTool Server(ToolOptions options, Secret? token) => new(
        options.ServerLabel!,
        options.ServerUrl,
        options.ConnectorId,
        options.TunnelId,
        token?.Reveal(),
        options.ServerDescription,
        options.Headers is { } headers ? new(headers) : default,
        options.AllowedTools is { } allowed ? Json(Filter(allowed)) : null,
        options.AllowedCallers is { } callers
            ? new([.. callers.Select(c => c == ToolCaller.Direct ? "direct" : "programmatic").Distinct()]) : default,
        options.RequireApproval is { } approval ? Json(Approval(approval)) : null,
        options.DeferLoading);

    private static JsonNode Approval(ToolApprovalOptions options)
    {
        if (options.Mode is { } mode) return JsonValue.Create(mode == ToolApproval.Always ? "always" : "never");
        var filters = new JsonObject();
        if (options.Always is { } always) filters["always"] = Filter(always);
        if (options.Never is { } never) filters["never"] = Filter(never);
        return filters;
    }

    private static JsonObject Filter(ToolFilterOptions options)
    {
        var filter = new JsonObject();
        if (options.ToolNames is { } names) filter["tool_names"] = new JsonArray([.. names.Select(n => JsonValue.Create(n))]);
        if (options.ReadOnly is { } only) filter["read_only"] = only;
        return filter;
    }

    private static JsonElement Json(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}

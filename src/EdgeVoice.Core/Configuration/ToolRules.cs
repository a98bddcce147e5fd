using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeVoice.Core.Configuration;

/// <summary>Checks what the model may call.</summary>
internal static partial class ToolRules
{
    private const string Path = "realtime.tools";
    private const string NameAllowed = "1 to 64 letters, digits, _ and -";

    /// <summary>Adds what is wrong with the tools of <paramref name="options"/>.</summary>
    public static void Check(OptionRules rules, RealtimeOptions options)
    {
        var tools = options.Tools ?? [];
        Own(rules, options.DeviceTools);
        rules.Count(Path, tools.Count, 0, 128);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.Count; i++)
        {
            var path = $"{Path}[{i}]";
            if (tools[i].Type == ToolType.Function)
                Function(rules, tools[i], path);
            else
                Mcp(rules, tools[i], path);
            var name = tools[i].Type == ToolType.Function ? tools[i].Name : tools[i].ServerLabel;
            if (name is not null && !seen.Add($"{tools[i].Type} {name}"))
                rules.Add(path, $"a second tool named {ValueText.Quote(name)}", "each name once");
        }

        if (options.ToolChoice is { } choice)
            Choice(rules, choice, tools, options.DeviceTools);
    }

    private static void Own(OptionRules rules, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            var path = $"realtime.deviceTools[{i}]";
            if (!DeviceToolNames.All.Contains(names[i]))
                rules.Add(path, ValueText.Quote(names[i]), $"{Words(DeviceToolNames.All)}; the nearest is \"{NearestName.Of(names[i], DeviceToolNames.All)}\"");
            else if (names.Take(i).Contains(names[i]))
                rules.Add(path, $"a second {ValueText.Quote(names[i])}", "each name once");
        }
    }

    private static string Words(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"\"{name}\""));

    private static void Function(OptionRules rules, ToolOptions tool, string path)
    {
        Name(rules, $"{path}.name", tool.Name, isRequired: true);
        rules.Length($"{path}.description", tool.Description, 1_024);
        IsObject(rules, $"{path}.parameters", tool.Parameters);
        if (tool is not { ServerLabel: null, ServerUrl: null, ConnectorId: null, TunnelId: null, Authorization: null, Headers: null, AllowedTools: null })
            rules.Add(path, "a function with a server", "\"type\": \"mcp\" for a server's tools");
    }

    private static void Mcp(OptionRules rules, ToolOptions tool, string path)
    {
        Name(rules, $"{path}.serverLabel", tool.ServerLabel, isRequired: true);
        var given = new[] { tool.ServerUrl, tool.ConnectorId, tool.TunnelId }.Count(value => value is not null);
        if (given != 1)
            rules.Add(path, given == 0 ? "no server" : $"{given} servers", "exactly one of serverUrl, connectorId and tunnelId");
        Server(rules, tool, path);
        rules.Length($"{path}.serverDescription", tool.ServerDescription, 1_024);
        if (tool.Authorization is { } credential)
            CredentialRules.Check(rules, credential, $"{path}.authorization");
        rules.Count($"{path}.headers", tool.Headers?.Count, 0, 16);
        foreach (var (name, value) in tool.Headers ?? new Dictionary<string, string>())
            Header(rules, $"{path}.headers", name, value);
        Filter(rules, $"{path}.allowedTools", tool.AllowedTools);
        rules.Count($"{path}.allowedCallers", tool.AllowedCallers?.Count, 1, 2);
        if (tool.RequireApproval is { } approval)
            Approval(rules, approval, $"{path}.requireApproval");
        if (tool is not { Name: null, Description: null, Parameters: null })
            rules.Add(path, "a server with a function's name, description or parameters", "serverLabel and serverDescription; the server tells its tools itself");
    }

    private static void Server(OptionRules rules, ToolOptions tool, string path)
    {
        if (tool.ServerUrl is { } url && !IsServer(url, tool.Authorization is not null))
            rules.Add($"{path}.serverUrl", "no such address", "an https:// address without user or password (http:// only without authorization)");
        if (tool.ConnectorId is { } connector && !Connector().IsMatch(connector))
            rules.Add($"{path}.connectorId", ValueText.Quote(connector), "a connector such as \"connector_googlecalendar\"");
        if (tool.TunnelId is { } tunnel && !Tunnel().IsMatch(tunnel))
            rules.Add($"{path}.tunnelId", ValueText.Quote(tunnel), "\"tunnel_\" and 32 small letters or digits");
    }

    // A token never travels in the clear.
    private static bool IsServer(string url, bool hasToken) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && !hasToken));

    private static void Header(OptionRules rules, string path, string name, string value)
    {
        if (!OptionRules.IsName(name, "-_"))
            rules.Add(path, ValueText.Quote(name), "names of headers: letters, digits, - and _");
        else if (name.Equals("authorization", StringComparison.OrdinalIgnoreCase) || SecretShape.IsKeyNotName(value) || SecretShape.IsKeyNotName(name))
            rules.Add(path, $"a secret in {ValueText.Quote(name)} (not shown)", "headers without secrets; a token is named by \"authorization\"");
        else if (value.Length > 1_024 || OptionRules.HasControl(value))
            rules.Add(path, $"too much in {ValueText.Quote(name)}", "one line of 1024 characters at most");
    }

    private static void Approval(OptionRules rules, ToolApprovalOptions options, string path)
    {
        if (options.Mode is null == options is { Always: null, Never: null })
            rules.Add(path, options.Mode is null ? "nothing" : "a word and filters", "\"never\", \"always\", or filters under always and never");
        Filter(rules, $"{path}.always", options.Always);
        Filter(rules, $"{path}.never", options.Never);
    }

    private static void Filter(OptionRules rules, string path, ToolFilterOptions? options)
    {
        rules.Count($"{path}.toolNames", options?.ToolNames?.Count, 0, 100);
        foreach (var name in options?.ToolNames ?? [])
            rules.Text($"{path}.toolNames", name, 128);
    }

    private static void Choice(OptionRules rules, ToolChoiceOptions choice, IReadOnlyList<ToolOptions> tools, IReadOnlyList<string> own)
    {
        const string ChoicePath = "realtime.toolChoice";
        if (choice.Mode is null == choice.Type is null)
            rules.Add(ChoicePath, choice.Mode is null ? "nothing" : "a word and a tool", "\"auto\", \"none\", \"required\", or one tool: {\"type\": ..., ...}");
        if (choice.Mode == ToolChoiceMode.Required && tools.Count == 0 && own.Count == 0)
            rules.Add(ChoicePath, "\"required\" without tools", "it only beside realtime.tools or realtime.deviceTools");
        if (choice.Type == ToolType.Function && !own.Contains(choice.Name ?? "") && !tools.Any(tool => tool.Type == ToolType.Function && tool.Name == choice.Name && choice.Name is not null))
            rules.Add($"{ChoicePath}.name", Shown(choice.Name), "the name of a function of realtime.tools, or one of realtime.deviceTools");
        if (choice.Type == ToolType.Mcp && !tools.Any(tool => tool.Type == ToolType.Mcp && tool.ServerLabel == choice.ServerLabel && choice.ServerLabel is not null))
            rules.Add($"{ChoicePath}.serverLabel", Shown(choice.ServerLabel), "the serverLabel of a server of realtime.tools");
    }

    private static void Name(OptionRules rules, string path, string? value, bool isRequired)
    {
        if (value is null ? isRequired : value.Length > 64 || !OptionRules.IsName(value, "_-"))
            rules.Add(path, Shown(value), NameAllowed);
    }

    private static void IsObject(OptionRules rules, string path, JsonElement? value)
    {
        if (value is { ValueKind: not JsonValueKind.Object })
            rules.Add(path, "no object", "an object: { ... }");
    }

    private static string Shown(string? value) => value is null ? "nothing" : ValueText.Quote(value);

    [GeneratedRegex(@"\Aconnector_[a-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Connector();

    [GeneratedRegex(@"\Atunnel_[a-z0-9]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tunnel();
}

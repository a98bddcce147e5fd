using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>
/// Tools of MCP servers, which the Realtime server calls by itself. Two things are left to do here: to refuse what needs an approval,
/// since nobody at a device can give one, and to tell what does not work, each thing once.
/// </summary>
/// <remarks>Belongs to the conversation's loop.</remarks>
internal sealed class McpCalls(ISessionOrders session, Action<string> tell)
{
    private const int Remembered = 64;
    private readonly List<(string Response, McpApprovalRequestItem Request)> _waiting = [];
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _servers = new(StringComparer.Ordinal);

    /// <summary>An item of an answer is complete.</summary>
    public void Take(string responseId, ConversationItem item)
    {
        if (item is McpApprovalRequestItem { Id: not null } request && _waiting.Count < Remembered && !_waiting.Exists(w => w.Request.Id == request.Id))
            _waiting.Add((responseId, request));
        if (item is McpCallItem { Error.Value: { } error } call)
            TellOnce($"tool {OneLine.Of(call.Name)} of {OneLine.Of(call.ServerLabel)} failed: {OneLine.Of(error.Message ?? error.Type)}");
    }

    /// <summary>A server's tools are being listed; the news of how that went name the item alone.</summary>
    public void Listing(ConversationItem item)
    {
        if (item is McpListToolsItem { Id: { } id } list && _servers.Count < Remembered) _servers[id] = list.ServerLabel;
    }

    /// <summary>A server's tools could not be listed: the conversation goes on without them.</summary>
    public void ListingFailed(string itemId) => TellOnce(
        $"the tools of {(_servers.TryGetValue(itemId, out var label) ? OneLine.Of(label) : "an MCP server")} could not be listed; the conversation goes on without them");

    /// <summary>
    /// The response is over: refuses what it asked approval for. True when the server is to go on with another response: after a call
    /// that it made, or after our refusal.
    /// </summary>
    public bool Answer(Response response)
    {
        var requests = _waiting.Where(w => w.Response == response.Id).Select(w => w.Request).ToList();
        _waiting.RemoveAll(w => w.Response == response.Id);
        foreach (var request in requests) Refuse(request);
        if (response.Status is ResponseStatus.Cancelled or ResponseStatus.Failed) return false;
        return requests.Count > 0 || response.Output is [.., McpCallItem];
    }

    /// <summary>The connection is gone, and what was asked on it.</summary>
    public void Forget()
    {
        _waiting.Clear();
        _servers.Clear();
    }

    private void Refuse(McpApprovalRequestItem request)
    {
        var answer = new McpApprovalResponseItem(request.Id!, Approve: false, "Nobody at this device can approve it.") { Id = $"no_{Tail(request.Id!)}" };
        session.Post(new ConversationItemCreate(answer));
        TellOnce($"tool {OneLine.Of(request.Name)} of {OneLine.Of(request.ServerLabel)} was refused: it needs an approval, which nobody can give here; "
            + "set its requireApproval to \"never\" to allow it");
    }

    // Ids are 32 characters at most.
    private static string Tail(string id) => id.Length <= 20 ? id : id[^20..];

    private void TellOnce(string text)
    {
        if (_told.Count < Remembered && _told.Add(text)) tell(text);
    }
}

using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>
/// Function calls of the model. No tool is registered yet, so each call is answered with an error text: a model that gets no
/// output waits for ever.
/// </summary>
/// <remarks>Belongs to the conversation's loop.</remarks>
internal sealed class ToolCalls(ISessionOrders session)
{
    private readonly List<(string Response, FunctionCallItem Call)> _waiting = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A call is complete; the same call in other events is one call.</summary>
    public void Take(string responseId, FunctionCallItem call)
    {
        if (call.CallId is { } id && call.Status != ItemStatus.Incomplete && _taken.Add(id)) _waiting.Add((responseId, call));
    }

    /// <summary>The response is over: answers its calls; true when the next response is to be asked for, once.</summary>
    public bool Answer(Response response)
    {
        var calls = _waiting.Where(w => w.Response == response.Id).Select(w => w.Call).ToList();
        _waiting.RemoveAll(w => w.Response == response.Id);
        if (calls.Count == 0 || response.Status == ResponseStatus.Cancelled) return false;
        foreach (var call in calls)
        {
            session.Post(new ConversationItemCreate(new FunctionCallOutputItem(
                call.CallId!, "{\"error\":\"this device has no such tool\"}")));
        }

        return true;
    }

    /// <summary>The connection is gone, and its calls with it.</summary>
    public void Forget()
    {
        _waiting.Clear();
        _taken.Clear();
    }
}

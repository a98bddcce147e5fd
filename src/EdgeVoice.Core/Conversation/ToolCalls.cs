using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

/// <summary>
/// Function calls of the model: each is carried out once, as soon as it is complete, and answered once, after its response is over. A
/// call outlives its connection: its outcome is told to <c>finished</c> then, and to no server.
/// </summary>
/// <remarks>Belongs to the conversation's loop; outputs come back through it as <see cref="ToolAnswered"/>.</remarks>
internal sealed class ToolCalls(ISessionOrders session, IToolRunner? tools, Func<ConversationEvent, bool> post, Action<ToolOutcome> finished)
{
    private const int RememberedIds = 1_024;
    private const string NoTools = """{"error":"this device has no such tool"}""";
    private readonly List<Call> _calls = [];
    private readonly List<Batch> _batches = [];
    private readonly Queue<string> _ids = [];
    private int _connection;

    /// <summary>A tool is at work on something that an answer waits for.</summary>
    public bool IsAwaited => _batches.Exists(b => b.IsWanted && HasRunning(b));

    /// <summary>A tool is at work on something that was asked of it on an earlier connection.</summary>
    public bool IsOutstanding => _calls.Exists(c => c.Connection != _connection && c.Output is null && c.Batch.IsWanted);

    /// <summary>Calls without an output and responses with calls, for tests.</summary>
    internal int Remembered => _calls.Count + _batches.Count;

    /// <summary>A call is complete, and begins; the same call in other events is one call.</summary>
    public void Take(string responseId, FunctionCallItem item)
    {
        if (item.CallId is not { } id || item.Status == ItemStatus.Incomplete || _ids.Contains(id)) return;
        _ids.Enqueue(id);
        if (_ids.Count > RememberedIds) _ids.Dequeue();
        var batch = _batches.Find(b => b.Response == responseId);
        if (batch is null) _batches.Add(batch = new Batch(responseId));
        var call = new Call(_connection, batch, id, item.Name, item.Arguments);
        _calls.Add(call);
        if (tools is null) post(new ToolAnswered(call, NoTools));
        else tools.Run(item.Name, item.Arguments, output => post(new ToolAnswered(call, output)));
    }

    /// <summary>
    /// The response is over: sends the outputs that there are. <paramref name="isWanted"/>: an answer to them is, too. True when that is
    /// to be asked for now, once.
    /// </summary>
    public bool Close(string responseId, bool isWanted)
    {
        if (_batches.Find(b => b.Response == responseId) is not { } batch) return false;
        batch.IsDone = true;
        batch.IsWanted &= isWanted;
        return Send(batch);
    }

    /// <summary>A tool has finished; true when the next response is to be asked for now, once.</summary>
    public bool Take(ToolAnswered answered)
    {
        var call = answered.Call;
        call.Output ??= answered.Output;
        if (call.Connection == _connection) return call.Batch.IsDone && Send(call.Batch);
        if (_calls.Remove(call)) finished(call.Outcome(isSent: false));
        return false;
    }

    /// <summary>What is being asked for has been given up: outputs are still sent, answers to them are not asked for.</summary>
    public void GiveUp()
    {
        foreach (var batch in _batches) batch.IsWanted = false;
    }

    /// <summary>Another answer has begun: whatever comes of earlier calls is for the one after it.</summary>
    public void Supersede()
    {
        foreach (var batch in _batches) batch.IsWanted &= !batch.IsDone;
    }

    /// <summary>The connection is gone: what it was to be told is told to <c>finished</c>, now or when it is known.</summary>
    public void Forget()
    {
        _connection++;
        _batches.Clear();
        _ids.Clear();
        foreach (var call in _calls.Where(c => c.Output is not null)) finished(call.Outcome(isSent: false));
        _calls.RemoveAll(c => c.Output is not null);
    }

    // In the order in which they were made, as far as they are known.
    private bool Send(Batch batch)
    {
        foreach (var call in _calls.Where(c => c.Batch == batch && c.Output is not null).ToList())
        {
            var sent = session.Post(new ConversationItemCreate(new FunctionCallOutputItem(call.Id, call.Output!)));
            _calls.Remove(call);
            finished(call.Outcome(sent));
        }

        if (HasRunning(batch)) return false;
        _batches.Remove(batch);
        return batch.IsWanted;
    }

    private bool HasRunning(Batch batch) => _calls.Exists(c => c.Batch == batch && c.Output is null);

    /// <summary>The calls of one response.</summary>
    internal sealed class Batch(string response)
    {
        public string Response => response;
        public bool IsDone { get; set; }
        public bool IsWanted { get; set; } = true;
    }

    /// <summary>One call; calls of other connections may have the same id.</summary>
    internal sealed class Call(int connection, Batch batch, string id, string name, string arguments)
    {
        public int Connection => connection;
        public Batch Batch => batch;
        public string Id => id;
        public string? Output { get; set; }

        public ToolOutcome Outcome(bool isSent) => new(id, name, arguments, Output!, isSent);
    }
}

using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.Tests.Realtime;

/// <summary>A connection whose other end is the test.</summary>
internal sealed class FakeTransport : IRealtimeTransport
{
    private readonly TaskCompletionSource<TransportClosed> _closed = new();
    private readonly TaskCompletionSource<IMessageSink> _sink = new();

    /// <summary>Types of the events sent, in order.</summary>
    public List<string> Types { get; } = [];

    public List<JsonElement> Sent { get; } = [];

    public bool Greets { get; init; } = true;

    /// <summary>When the session ends, seconds since 1970; null: it is not told.</summary>
    public long? ExpiresAt { get; init; }

    public DateTimeOffset? ServerTime { get; init; }

    public bool TakesSettings { get; init; } = true;

    /// <summary>From now on nothing is answered.</summary>
    public bool Mutes { get; set; }

    /// <summary>The peer answers a close with its own.</summary>
    public bool ClosesPolitely { get; init; } = true;

    public bool SendsFail { get; set; }

    /// <summary>Sends wait for this.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public int Closes { get; private set; }

    public int Aborts { get; private set; }

    public bool IsDisposed { get; private set; }

    public async Task<TransportClosed> RunAsync(IMessageSink sink)
    {
        _sink.TrySetResult(sink);
        var expires = ExpiresAt is { } end ? $",\"expires_at\":{end}" : "";
        if (Greets) Receive($$$"""{"type":"session.created","event_id":"e1","session":{"type":"realtime","id":"s"{{{expires}}}}}""");
        return await _closed.Task;
    }

    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8)
    {
        if (Gate is { } gate) await gate.Task;
        if (SendsFail || _closed.Task.IsCompleted) return false;
        using var json = JsonDocument.Parse(utf8);
        Sent.Add(json.RootElement.Clone());
        Types.Add(json.RootElement.GetProperty("type").GetString()!);
        if (Types[^1] == "session.update" && TakesSettings && !Mutes)
            Receive("""{"type":"session.updated","event_id":"e2","session":{"type":"realtime","id":"s"}}""");
        return true;
    }

    public void Receive(string json) => _sink.Task.Result.OnMessage(Encoding.UTF8.GetBytes(json));

    public void Unusable(string what) => _sink.Task.Result.OnUnusable(what);

    public void End(int? code = null, string reason = "gone") => _closed.TrySetResult(new TransportClosed(code, reason));

    public Task CloseAsync()
    {
        Closes++;
        if (ClosesPolitely) End(1000, "bye");
        return Task.CompletedTask;
    }

    public void Abort()
    {
        Aborts++;
        Gate?.TrySetResult();
        End();
    }

    public void Dispose() => IsDisposed = true;
}

/// <summary>Hands out what it was given, one an attempt; the last one again and again.</summary>
internal sealed class FakeConnector(params Func<IRealtimeTransport>[] attempts) : IRealtimeConnector
{
    public int Attempts { get; private set; }

    public Task<IRealtimeTransport> ConnectAsync(TransportEndpoint endpoint, TimeSpan timeout, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var attempt = attempts[Math.Min(Attempts++, attempts.Length - 1)];
        try
        {
            return Task.FromResult(attempt());
        }
        catch (RealtimeConnectException e)
        {
            return Task.FromException<IRealtimeTransport>(e);
        }
    }
}

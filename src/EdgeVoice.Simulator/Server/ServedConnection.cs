using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeVoice.Simulator.Server;

/// <summary>One HTTP request: refused, or upgraded to a session and served to its end.</summary>
internal sealed class ServedConnection(HttpContext context, SimulatorOptions options, FaultPlan faults, int seed, CancellationToken stopping)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long a client may take to answer a close frame.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    internal async Task RunAsync(Action<SimulatedSession> register)
    {
        if (faults.TryTake(FaultMode.SlowUpgrade, out var lateMs))
            await Task.Delay(TimeSpan.FromMilliseconds(lateMs), options.Time, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await RefuseHttpAsync())
            return;
        // The clock by which expires_at is meant.
        context.Response.Headers.Date = options.Time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        var offered = context.WebSockets.WebSocketRequestedProtocols;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = offered.Contains("realtime") ? "realtime" : null,
            DangerousEnableCompression = false,
        });
        var fragments = faults.TryTake(FaultMode.Fragment) ? new Random(seed) : null;
        var wire = new WireConnection(socket, context.Features.GetRequiredFeature<TransportGate>(), context.Abort, fragments);
        var core = new SessionCore(options, faults, seed, wire) { Silent = faults.TryTake(FaultMode.Silence) };
        var model = context.Request.Query["model"].ToString();
        core.Seen = new SimulatedSession(core.Id, model);
        register(core.Seen);
        core.Note($"connected, model '{model}'");
        try
        {
            await ServeAsync(core, model);
        }
        finally
        {
            core.Seen.End();
            core.Note("disconnected");
        }
    }

    private async Task ServeAsync(SessionCore core, string model)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var expires = options.Time.GetUtcNow() + options.SessionLifetime;
        var engine = new SessionEngine(core, model, expires.ToUnixTimeSeconds());
        core.Seen.Striker = engine.Strike;
        var sending = SendAsync(core, over);
        if (faults.TryTake(FaultMode.SlowGreeting, out var lateMs))
            await Task.Delay(TimeSpan.FromMilliseconds(lateMs), options.Time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Admit(model) is { } refusal)
            core.Refuse(refusal.Error, refusal.Code, $"{refusal.Error.Type}.{refusal.Error.Code}");
        else
            engine.Start();
        var timer = ExpireAsync(engine, over.Token);
        await using (stopping.Register(() => Leave(core, over)))
            await ReceiveAsync(core, engine, over.Token);
        if (core.Wire.ClientCloseCode is { } code)
            core.Seen.SetClose(code);
        await engine.End();
        core.Wire.Close(1000, "");
        over.CancelAfter(Grace);
        await sending;
        await over.CancelAsync();
        await timer;
    }

    /// <summary>The server stops: a close frame, and after a second the end.</summary>
    private static void Leave(SessionCore core, CancellationTokenSource over)
    {
        core.Wire.Close(1001, "The server is shutting down.");
        over.CancelAfter(Grace);
    }

    private static async Task ReceiveAsync(SessionCore core, SessionEngine engine, CancellationToken over)
    {
        try
        {
            while (await core.Wire.ReceiveAsync(over) is { } message)
                engine.Handle(message.Bytes, message.Type == WebSocketMessageType.Binary);
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or IOException)
        {
            core.Note("the connection ended without a close frame");
        }
    }

    private static async Task SendAsync(SessionCore core, CancellationTokenSource over)
    {
        try
        {
            await core.Wire.RunSenderAsync(over.Token);
            over.CancelAfter(Farewell);
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            core.Wire.Abort();
        }
    }

    private async Task ExpireAsync(SessionEngine engine, CancellationToken over)
    {
        try
        {
            await Task.Delay(options.SessionLifetime, options.Time, over);
            engine.Expire();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The session ended before its time.
        }
    }

    private async Task<bool> RefuseHttpAsync()
    {
        if (faults.TryTake(FaultMode.Http, out var status))
        {
            context.Response.StatusCode = status;
            if (status is 429 or 503)
                context.Response.Headers.RetryAfter = "1";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$$"""{"error":{"message":"status {{{status}}} on demand","type":"simulator","code":"{{{status}}}","param":null}}""");
            return true;
        }
        if (faults.TryTake(FaultMode.Html))
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Welcome to the guest network</h1></body></html>");
            return true;
        }
        if (context.Request.Path.Value?.TrimEnd('/') != "/v1/realtime")
            return await PlainAsync(404, "Nothing here: connect a WebSocket to /v1/realtime?model=NAME.");
        return !context.WebSockets.IsWebSocketRequest && await PlainAsync(
            426, "This is EdgeVoice's stand-in Realtime server. It has no intelligence. Connect a WebSocket to /v1/realtime?model=NAME.");
    }

    private async Task<bool> PlainAsync(int status, string text)
    {
        context.Response.StatusCode = status;
        if (status == 426)
            context.Response.Headers.Upgrade = "websocket";
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text + "\n");
        return true;
    }

    /// <summary>What the real server refuses after a successful upgrade; null when the client may come in.</summary>
    private (WireError Error, int Code)? Admit(string model)
    {
        if (context.Request.Headers.ContainsKey("OpenAI-Beta"))
            return (new WireError("beta_api_shape_disabled", "The Realtime Beta API is no longer supported. Please use /v1/realtime without the OpenAI-Beta header."), 4000);
        if (options.RequiredKey is { } key && !Keys().Contains(key))
            return (new WireError("invalid_api_key", "Incorrect API key provided."), 3000);
        if (model.Length == 0)
            return (new WireError("missing_model", "You must provide a model parameter.", "model"), 4000);
        if (model == "no-such-model" || (options.Models is { } models && !models.Contains(model)))
            return (new WireError("model_not_found", $"The model '{model}' does not exist or you do not have access to it.", "model"), 4004);
        return null;
    }

    private IEnumerable<string> Keys()
    {
        const string Protocol = "openai-insecure-api-key.";
        var bearer = context.Request.Headers.Authorization.ToString();
        if (bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            yield return bearer["Bearer ".Length..].Trim();
        yield return context.Request.Headers["api-key"].ToString();
        foreach (var offered in context.WebSockets.WebSocketRequestedProtocols.Where(name => name.StartsWith(Protocol, StringComparison.Ordinal)))
            yield return offered[Protocol.Length..];
    }
}

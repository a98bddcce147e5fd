using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Control;

/// <summary>Turns a request line into a call and a reply.</summary>
/// <remarks>Any thread may call it, several at once.</remarks>
internal sealed class ControlDispatcher(IControlTarget target, ControlLimits limits, TimeProvider time, ILogger logger)
{
    /// <summary>What a device can be told, in the order it is shown.</summary>
    public static readonly string[] Verbs =
        ["press", "release", "tap", "double-tap", "say", "mute", "unmute", "volume", "status", Watch, "reload"];

    private const string Watch = "watch";
    private const string Example = "send one line such as {\"v\":1,\"do\":\"status\"}";
    private static readonly Task<ControlReply> Done = Task.FromResult(ControlReply.Done);

    /// <summary>The device.</summary>
    public IControlTarget Target => target;

    /// <summary>Does what a line asks and says how it went; never throws.</summary>
    public async Task<ControlAnswered> AnswerAsync(ReadOnlyMemory<byte> line)
    {
        ControlRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(line.Span, ControlJson.Default.ControlRequest);
        }
        catch (JsonException)
        {
            return Refused($"not a request; {Example}");
        }

        if (request?.V is null || request.Do is null)
            return Refused($"a request needs \"v\" and \"do\"; {Example}");
        return request.V == ControlRequest.Version
            ? await DoAsync(request, request.Do).ConfigureAwait(false)
            : Refused($"this device speaks version {ControlRequest.Version}; use the ctl of the same release");
    }

    private static ControlAnswered Refused(string error) => new(ControlReply.Refused(error));

    private async Task<ControlAnswered> DoAsync(ControlRequest request, string verb)
    {
        try
        {
            if (Misplaced(request, verb) is { } refusal) return Refused(refusal);
            return verb == Watch ? BeginWatch() : new ControlAnswered(await CallAsync(request, verb).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            // A client must not take the server down with a bug of the device.
            ControlLog.TargetFailed(logger, verb, e);
            return Refused("the device failed to do it; its log says why");
        }
    }

    // The state comes after the feed has begun: nothing happens unseen between the two.
    private ControlAnswered BeginWatch()
    {
        var watch = target.Feed.Subscribe();
        try
        {
            return new ControlAnswered(new ControlReply { Ok = true, Status = target.Status() }, watch);
        }
        catch
        {
            watch.Dispose();
            throw;
        }
    }

    private static string? Misplaced(ControlRequest request, string verb) =>
        request.Text is not null && verb != "say" ? "\"text\" belongs to \"say\" alone"
        : request.Percent is not null && verb != "volume" ? "\"percent\" belongs to \"volume\" alone"
        : null;

    private Task<ControlReply> CallAsync(ControlRequest request, string verb) => verb switch
    {
        "press" => Call(target.Press),
        "release" => Call(target.Release),
        "tap" => Call(target.Tap),
        "double-tap" => Call(target.DoubleTap),
        "say" => Task.FromResult(Say(request.Text)),
        "mute" or "unmute" => Task.FromResult(Mute(verb == "mute")),
        "volume" => Task.FromResult(Volume(request.Percent)),
        "status" => Task.FromResult(new ControlReply { Ok = true, Status = target.Status() }),
        "reload" => ReloadAsync(),
        _ => Task.FromResult(ControlReply.Refused($"nothing known by that name; \"do\" is one of {string.Join(", ", Verbs)}")),
    };

    private static Task<ControlReply> Call(Action call)
    {
        call();
        return Done;
    }

    private ControlReply Say(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > ControlRequest.MaxTextLength)
            return ControlReply.Refused($"\"say\" needs a \"text\" of 1 to {ControlRequest.MaxTextLength} characters");
        target.Say(text.Trim());
        return ControlReply.Done;
    }

    private ControlReply Mute(bool muted) => target.SetMuted(muted) is { } refusal ? ControlReply.Refused(refusal) : ControlReply.Done;

    private ControlReply Volume(int? percent)
    {
        if (percent is not (>= 0 and <= 100)) return ControlReply.Refused("\"volume\" needs a \"percent\" of 0 to 100");
        target.SetVolume(percent.Value);
        return ControlReply.Done;
    }

    private async Task<ControlReply> ReloadAsync()
    {
        try
        {
            var came = await target.ReloadAsync().WaitAsync(limits.Reload, time).ConfigureAwait(false);
            return came.IsInForce ? new ControlReply { Ok = true, Text = came.Text } : ControlReply.Refused(came.Text);
        }
        catch (TimeoutException)
        {
            return ControlReply.Refused($"not done within {limits.Reload.TotalSeconds:0.#} s; \"edgevoice ctl status\" shows what comes of it");
        }
    }
}

using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Control;

/// <summary>Turns a request line into a call and a reply.</summary>
/// <remarks>Any thread may call it, several at once.</remarks>
internal sealed class ControlDispatcher(IControlTarget target, ILogger logger)
{
    /// <summary>What a device can be told, in the order it is shown.</summary>
    public static readonly string[] Verbs = ["press", "release", "tap", "say", "mute", "unmute", "status"];

    private const string Example = "send one line such as {\"v\":1,\"do\":\"status\"}";

    /// <summary>Does what a line asks and says how it went; never throws.</summary>
    public ControlReply Answer(ReadOnlySpan<byte> line)
    {
        ControlRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(line, ControlJson.Default.ControlRequest);
        }
        catch (JsonException)
        {
            return ControlReply.Refused($"not a request; {Example}");
        }

        if (request?.V is null || request.Do is null)
            return ControlReply.Refused($"a request needs \"v\" and \"do\"; {Example}");
        return request.V == ControlRequest.Version
            ? Do(request, request.Do)
            : ControlReply.Refused($"this device speaks version {ControlRequest.Version}; use the ctl of the same release");
    }

    private ControlReply Do(ControlRequest request, string verb)
    {
        try
        {
            return Call(request, verb);
        }
        catch (Exception e)
        {
            // A client must not take the server down with a bug of the device.
            ControlLog.TargetFailed(logger, verb, e);
            return ControlReply.Refused("the device failed to do it; its log says why");
        }
    }

    private ControlReply Call(ControlRequest request, string verb)
    {
        if (request.Text is not null && verb != "say")
            return ControlReply.Refused("\"text\" belongs to \"say\" alone");
        switch (verb)
        {
            case "press":
                target.Press();
                return ControlReply.Done;
            case "release":
                target.Release();
                return ControlReply.Done;
            case "tap":
                target.Tap();
                return ControlReply.Done;
            case "say":
                return Say(request.Text);
            case "mute" or "unmute":
                return target.SetMuted(verb == "mute") is { } refusal ? ControlReply.Refused(refusal) : ControlReply.Done;
            case "status":
                return new ControlReply { Ok = true, Status = target.Status() };
            default:
                return ControlReply.Refused($"nothing known by that name; \"do\" is one of {string.Join(", ", Verbs)}");
        }
    }

    private ControlReply Say(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > ControlRequest.MaxTextLength)
            return ControlReply.Refused($"\"say\" needs a \"text\" of 1 to {ControlRequest.MaxTextLength} characters");
        target.Say(text.Trim());
        return ControlReply.Done;
    }
}

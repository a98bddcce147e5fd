using System.Text.Json;

namespace EdgeVoice.Core.Tools;

/// <summary>The microphone, as a tool may close it.</summary>
/// <remarks>Any thread.</remarks>
public interface IMicrophoneMute
{
    /// <summary>What opens a closed microphone, told to people.</summary>
    string HowToOpen { get; }

    /// <summary>Closes it once the answer that announces it has been heard.</summary>
    void CloseAfterAnswer();
}

/// <summary><c>mute</c>: closes the microphone. Nothing opens it but a hand, since nobody is heard any more.</summary>
public sealed class MuteTool(IMicrophoneMute microphone) : IDeviceTool
{
    /// <inheritdoc />
    public string Name => "mute";

    /// <inheritdoc />
    public string Description =>
        "Closes this device's microphone after your next answer. Only call it when asked to. Say in that answer, in a few words, that you mute now and how the microphone is opened again.";

    /// <inheritdoc />
    public JsonElement Parameters => ToolSchema.None;

    /// <inheritdoc />
    public bool IsSerial => true;

    /// <inheritdoc />
    public Task<string> RunAsync(JsonElement arguments, CancellationToken stop)
    {
        if (ToolArguments.Unknown(arguments) is { } problem) return Task.FromResult(ToolText.Error(problem));
        microphone.CloseAfterAnswer();
        return Task.FromResult(ToolText.Object(json =>
        {
            json.WriteString("microphone", "closes once your next answer has been heard");
            json.WriteString("open_again", microphone.HowToOpen);
        }));
    }
}

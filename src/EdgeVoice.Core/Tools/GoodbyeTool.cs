using System.Text.Json;

namespace EdgeVoice.Core.Tools;

/// <summary>The conversation, as a tool may end it.</summary>
/// <remarks>Any thread.</remarks>
public interface IConversationEnd
{
    /// <summary>False: this device listens always.</summary>
    bool CanEnd { get; }

    /// <summary>Ends it once the answer has been heard to its end.</summary>
    void EndAfterAnswer();
}

/// <summary><c>goodbye</c>: ends the conversation.</summary>
public sealed class GoodbyeTool(IConversationEnd conversation) : IDeviceTool
{
    /// <inheritdoc />
    public string Name => "goodbye";

    /// <inheritdoc />
    public string Description =>
        "Ends the conversation after your next answer, which should be a short goodbye. Call it when the person takes leave or says that nothing more is needed.";

    /// <inheritdoc />
    public JsonElement Parameters => ToolSchema.None;

    /// <inheritdoc />
    public bool IsSerial => true;

    /// <inheritdoc />
    public Task<string> RunAsync(JsonElement arguments, CancellationToken stop)
    {
        if (ToolArguments.Unknown(arguments) is { } problem) return Task.FromResult(ToolText.Error(problem));
        if (!conversation.CanEnd) return Task.FromResult(Says("stays open: this device listens always"));
        conversation.EndAfterAnswer();
        return Task.FromResult(Says("ends once your next answer has been heard"));
    }

    private static string Says(string text) => ToolText.Object(json => json.WriteString("conversation", text));
}

namespace EdgeVoice.Core.Conversation;

/// <summary>Whose part of a conversation it is.</summary>
public enum RememberedKind
{
    /// <summary>A person said or typed it.</summary>
    Person,

    /// <summary>The device said or showed it, and it was heard or read.</summary>
    Device,

    /// <summary>The model called a tool and got an answer.</summary>
    Call,
}

/// <summary>One thing of a conversation that a later session is told.</summary>
/// <param name="Kind">Whose part it is.</param>
/// <param name="Text">The words; for a call its output.</param>
/// <param name="Name">The tool called, else null.</param>
/// <param name="Arguments">What it was called with, JSON in a string, else null.</param>
public sealed record Remembered(RememberedKind Kind, string Text, string? Name = null, string? Arguments = null)
{
    private const int OverheadTokens = 4, BytesAToken = 3;

    /// <summary>
    /// What it costs in a session's context, estimated high: English has four bytes of UTF-8 to a token, other writing two to four.
    /// </summary>
    public int Tokens => OverheadTokens + Bytes(Text) / BytesAToken + Bytes(Name) / BytesAToken + Bytes(Arguments) / BytesAToken;

    private static int Bytes(string? text) => text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
}

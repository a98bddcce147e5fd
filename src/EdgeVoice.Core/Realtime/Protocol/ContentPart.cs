using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>One part of a message: text, sound or a picture.</summary>
/// <param name="Type">The wire's name, as received or to be sent; <see cref="Kind"/> makes older names equal to newer ones.</param>
/// <param name="Text">Text.</param>
/// <param name="Audio">Base64 of the session's format; the server sends it only when an item is retrieved.</param>
/// <param name="Transcript">Text of the sound.</param>
/// <param name="ImageUrl">A picture as a data URI, PNG or JPEG.</param>
/// <param name="Detail">How closely the picture is looked at: <c>auto</c>, <c>low</c> or <c>high</c>.</param>
public sealed record ContentPart(
    string Type = "",
    Optional<string> Text = default,
    Optional<string> Audio = default,
    Optional<string> Transcript = default,
    string? ImageUrl = null,
    string? Detail = null) : WireRecord
{
    /// <summary>What the part is.</summary>
    [JsonIgnore]
    public ContentKind Kind => Type switch
    {
        "input_text" => ContentKind.InputText,
        "input_audio" => ContentKind.InputAudio,
        "input_image" => ContentKind.InputImage,
        "output_text" or "text" => ContentKind.OutputText,
        "output_audio" or "audio" => ContentKind.OutputAudio,
        _ => ContentKind.Unknown,
    };

    /// <summary>Text of a user or system message.</summary>
    public static ContentPart InputText(string text) => new("input_text", Text: text);

    /// <summary>Text of an assistant's message, as used when a conversation is told again.</summary>
    public static ContentPart OutputText(string text) => new("output_text", Text: text);
}

/// <summary>What a <see cref="ContentPart"/> is.</summary>
public enum ContentKind
{
    /// <summary>A kind this program does not know.</summary>
    Unknown,

    /// <summary>Text of user or system.</summary>
    InputText,

    /// <summary>Sound of the user.</summary>
    InputAudio,

    /// <summary>A picture of the user's.</summary>
    InputImage,

    /// <summary>Text of the assistant.</summary>
    OutputText,

    /// <summary>Sound of the assistant.</summary>
    OutputAudio,
}

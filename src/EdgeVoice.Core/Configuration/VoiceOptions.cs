namespace EdgeVoice.Core.Configuration;

/// <summary>A voice: the name of one of the server's in quotes, or <c>{"id": "voice_..."}</c> for one of your own; exactly one of the two.</summary>
[Alternatives]
[ShortForm(text: nameof(Name))]
public sealed record VoiceOptions
{
    /// <summary>One of the server's voices, 1 to 256 characters.</summary>
    [Option("One of the server's voices, 1 to 256 characters.")]
    public string? Name { get; init; }

    /// <summary>Id of a voice of your own, 1 to 256 characters.</summary>
    [Option("Id of a voice of your own, 1 to 256 characters.")]
    public string? Id { get; init; }
}

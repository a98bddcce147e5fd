using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>A prompt stored at the server.</summary>
public sealed record PromptOptions
{
    /// <summary>Its id, required, 1 to 256 characters.</summary>
    [Option("Its id, required, 1 to 256 characters.")]
    public string Id { get; init; } = string.Empty;

    /// <summary>Its version, 1 to 64 characters; null (default) for the newest.</summary>
    [Option("Its version, 1 to 64 characters; null for the newest.")]
    public string? Version { get; init; }

    /// <summary>Values for its variables, 64 at most: texts, or objects of type input_text, input_image or input_file. Default null.</summary>
    [Option("Values for its variables, 64 at most: texts, or objects of type input_text, input_image or input_file.")]
    public IReadOnlyDictionary<string, JsonElement>? Variables { get; init; }
}

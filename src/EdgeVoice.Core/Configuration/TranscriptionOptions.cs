using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>How long a transcription model that listens along waits for more before it writes.</summary>
public enum TranscriptionDelay
{
    /// <summary>Writes soonest.</summary>
    [JsonStringEnumMemberName("minimal")]
    Minimal,

    /// <summary>Waits a little.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>Waits.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Waits long.</summary>
    [JsonStringEnumMemberName("high")]
    High,

    /// <summary>Waits longest, errs least.</summary>
    [JsonStringEnumMemberName("xhigh")]
    VeryHigh,
}

/// <summary>Transcription of what the person says.</summary>
public sealed record TranscriptionOptions
{
    /// <summary>Transcription model; default "gpt-4o-mini-transcribe".</summary>
    [Option("Transcription model.")]
    public string Model { get; init; } = "gpt-4o-mini-transcribe";

    /// <summary>Language spoken; only its first part ("de" of "de-AT") is sent. Null (default): that of the conversation, unless there are <see cref="Languages"/>.</summary>
    [Option("Language spoken; only its first part (\"de\" of \"de-AT\") is sent. Null: that of the conversation, unless there are languages.")]
    public string? Language { get; init; }

    /// <summary>Languages that may be spoken, 1 to 20, in place of <see cref="Language"/>; only gpt-transcribe and gpt-live-transcribe take them. Default null.</summary>
    [Option("Languages that may be spoken, 1 to 20, in place of language; only gpt-transcribe and gpt-live-transcribe take them.")]
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Words to expect, 100 at most; only gpt-transcribe and gpt-live-transcribe take them. Default null.</summary>
    [Option("Words to expect, 100 at most; only gpt-transcribe and gpt-live-transcribe take them.")]
    public IReadOnlyList<string>? Keywords { get; init; }

    /// <summary>Text that helps the model, 4,096 characters at most; not for gpt-realtime-whisper. Default null.</summary>
    [Option("Text that helps the model, 4,096 characters at most; not for gpt-realtime-whisper.")]
    public string? Prompt { get; init; }

    /// <summary>How long the model waits before it writes; only for gpt-realtime-whisper. Null (default) leaves the server's choice.</summary>
    [Option("How long the model waits before it writes; only for gpt-realtime-whisper. Null leaves the server's choice.")]
    public TranscriptionDelay? Delay { get; init; }
}

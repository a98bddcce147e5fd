using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Who says where a turn begins and ends.</summary>
public enum ConversationMode
{
    /// <summary>The button: a turn lasts from press to release.</summary>
    [JsonStringEnumMemberName("push-to-talk")]
    PushToTalk,

    /// <summary>The server's turn detection.</summary>
    [JsonStringEnumMemberName("hands-free")]
    HandsFree,
}

/// <summary>What opens a hands-free conversation.</summary>
public enum ConversationOpening
{
    /// <summary>A tap on the button opens it, silence closes it.</summary>
    [JsonStringEnumMemberName("tap")]
    Tap,

    /// <summary>It is always open: everything heard goes to the server.</summary>
    [JsonStringEnumMemberName("always")]
    Always,
}

/// <summary>How a person and the device take turns.</summary>
public sealed record ConversationOptions
{
    /// <summary>Push-to-talk (default) or hands-free.</summary>
    [Option("Push-to-talk or hands-free.")]
    public ConversationMode Mode { get; init; } = ConversationMode.PushToTalk;

    /// <summary>What opens a hands-free conversation; default a tap.</summary>
    [Option("What opens a hands-free conversation.")]
    public ConversationOpening Open { get; init; } = ConversationOpening.Tap;

    /// <summary>Silence after which an open conversation closes, in milliseconds; 1,000 to 3,600,000, default 20,000.</summary>
    [Option("Silence after which an open conversation closes.", Unit = "ms", Min = 1_000, Max = 3_600_000, Effect = OptionEffect.NextTurn)]
    public int IdleTimeoutMs { get; init; } = 20_000;

    /// <summary>Silence that ends a turn begun with a tap, in milliseconds; 200 to 10,000, default 1,200.</summary>
    [Option("Silence that ends a turn begun with a tap.", Unit = "ms", Min = 200, Max = 10_000)]
    public int TapEndSilenceMs { get; init; } = 1_200;

    /// <summary>The device's language, ISO 639-1 with an optional region ("en", "de-AT"); default "en".</summary>
    [Option("The device's language, ISO 639-1 with an optional region (\"en\", \"de-AT\").")]
    public string Language { get; init; } = "en";

    /// <summary>Whether every turn spoken while offline gets an answer, or only the last; default false.</summary>
    [Option("Whether every turn spoken while offline gets an answer, or only the last.")]
    public bool AnswerEveryKeptTurn { get; init; }

    /// <summary>What a new session is told of the conversation so far.</summary>
    [Option("What a new session is told of the conversation so far.")]
    public MemoryOptions Memory { get; init; } = new();
}

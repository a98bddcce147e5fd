using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Languages in which the spoken help is shipped.</summary>
public enum HelpLanguage
{
    /// <summary>English.</summary>
    [JsonStringEnumMemberName("en")]
    English,

    /// <summary>German.</summary>
    [JsonStringEnumMemberName("de")]
    German,

    /// <summary>Spanish.</summary>
    [JsonStringEnumMemberName("es")]
    Spanish,
}

/// <summary>The device's own sounds and its spoken help.</summary>
public sealed record SoundOptions
{
    /// <summary>Whether there are any; default true.</summary>
    [Option("Whether there are any sounds.")]
    public bool Enabled { get; init; } = true;

    /// <summary>Language of the spoken help; null (default): that of <c>conversation.language</c>, and English where there is no help in it.</summary>
    [Option("Language of the spoken help; null: that of conversation.language, and English where there is no help in it.")]
    public HelpLanguage? Language { get; init; }

    /// <summary>Loudness against an answer's in dB, -40 to 12; default 0.</summary>
    [Option("Loudness against an answer's.", Unit = "dB", Min = -40, Max = 12)]
    public double VolumeDb { get; init; }

    /// <summary>Absolute path of a folder with a person's own WAV files, each in place of the shipped sound of its name; null (default): none.</summary>
    [Option("Absolute path of a folder with a person's own WAV files, each in place of the shipped sound of its name; null: none.")]
    public string? Folder { get; init; }

    /// <summary>A turn is open; default true.</summary>
    [Option("Sound: a turn is open.")]
    public bool Woken { get; init; } = true;

    /// <summary>A turn is on its way, or nobody listens any more; default true.</summary>
    [Option("Sound: a turn is on its way, or nobody listens any more.")]
    public bool DoneListening { get; init; } = true;

    /// <summary>A turn was empty; default true.</summary>
    [Option("Sound: a turn was empty.")]
    public bool NothingHeard { get; init; } = true;

    /// <summary>The microphone was closed, or was pressed for while it is; default true.</summary>
    [Option("Sound: the microphone was closed, or was pressed for while it is.")]
    public bool MuteOn { get; init; } = true;

    /// <summary>The microphone is open again; default true.</summary>
    [Option("Sound: the microphone is open again.")]
    public bool MuteOff { get; init; } = true;

    /// <summary>Something is wrong; default true.</summary>
    [Option("Sound: something is wrong.")]
    public bool Error { get; init; } = true;

    /// <summary>A timer rings; default true.</summary>
    [Option("Sound: a timer rings.")]
    public bool Timer { get; init; } = true;

    /// <summary>The device is ready; default true.</summary>
    [Option("Sound: the device is ready.")]
    public bool StartUp { get; init; } = true;

    /// <summary>What is wrong is told in words; default true.</summary>
    [Option("Whether what is wrong is told in words.")]
    public bool SpokenHelp { get; init; } = true;
}

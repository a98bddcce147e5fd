using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>What opens the sound cards.</summary>
public enum AudioBackend
{
    /// <summary>Our own access to libasound.</summary>
    [JsonStringEnumMemberName("alsa")]
    Alsa,

    /// <summary>The package Alsa.Net, where built in; no exact truncation.</summary>
    [JsonStringEnumMemberName("alsa-net")]
    AlsaNet,
}

/// <summary>What keeps the loudspeaker out of the microphone.</summary>
public enum EchoCancellerChoice
{
    /// <summary>The best that the devices in use allow.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Nothing: headphones, or a card that cancels by itself.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The microphone is silent while the loudspeaker sounds.</summary>
    [JsonStringEnumMemberName("half-duplex")]
    HalfDuplex,
}

/// <summary>Microphone, loudspeaker and what is done against echo.</summary>
public sealed record AudioOptions
{
    /// <summary>What opens the sound cards; default alsa.</summary>
    [Option("What opens the sound cards.")]
    public AudioBackend Backend { get; init; } = AudioBackend.Alsa;

    /// <summary>The microphone.</summary>
    [Option("The microphone.", Effect = OptionEffect.Capture)]
    public CaptureOptions Capture { get; init; } = new();

    /// <summary>The loudspeaker.</summary>
    [Option("The loudspeaker.", Effect = OptionEffect.Playback)]
    public PlaybackOptions Playback { get; init; } = new();

    /// <summary>What is done against echo.</summary>
    [Option("What is done against echo.")]
    public EchoOptions Echo { get; init; } = new();
}

/// <summary>The microphone.</summary>
public sealed record CaptureOptions
{
    /// <summary>ALSA PCM name, <c>wav:PATH</c>, <c>tone:HZ</c> or <c>null</c>; default "default".</summary>
    [Option("ALSA PCM name, wav:PATH, tone:HZ or null.")]
    public string Device { get; init; } = "default";

    /// <summary>Channel that is listened to, counted from 0; 0 to 7, default 0.</summary>
    [Option("Channel that is listened to, counted from 0.", Min = 0, Max = 7)]
    public int Channel { get; init; }

    /// <summary>Rate asked of the card in frames a second, 8,000 to 96,000; null (default): the session's, so that nothing is resampled.</summary>
    [Option("Rate asked of the card; null: the session's, so that nothing is resampled.", Unit = "Hz", Min = 8_000, Max = 96_000)]
    public int? Rate { get; init; }

    /// <summary>Period asked of the card in milliseconds; 5 to 100, default 10.</summary>
    [Option("Period asked of the card.", Unit = "ms", Min = 5, Max = 100)]
    public int PeriodMs { get; init; } = 10;

    /// <summary>Gain in dB, -40 to 40, or "auto" for a slow automatic one that raises quiet microphones by at most 24 dB; default 0.</summary>
    [Option("Gain, or \"auto\" for a slow automatic one that raises quiet microphones by at most 24 dB.", Unit = "dB", Min = -40, Max = 40, Effect = OptionEffect.Device)]
    public GainSetting GainDb { get; init; }

    /// <summary>Gain of the card's own mixer, 0 to 100 in steps that sound equal; null (default) leaves it as it is.</summary>
    [Option("Gain of the card's own mixer, in steps that sound equal; null leaves it as it is.", Min = 0, Max = 100)]
    public int? HardwareGain { get; init; }

    /// <summary>Takes out the offset of cheap converters (high-pass at 20 Hz); null (default): for sound cards, not for files.</summary>
    [Option("Takes out the offset of cheap converters (high-pass at 20 Hz); null: for sound cards, not for files.", Effect = OptionEffect.Device)]
    public bool? DcFilter { get; init; }
}

/// <summary>The loudspeaker.</summary>
public sealed record PlaybackOptions
{
    /// <summary>ALSA PCM name, <c>wav:PATH</c> or <c>null</c>; default "default".</summary>
    [Option("ALSA PCM name, wav:PATH or null.")]
    public string Device { get; init; } = "default";

    /// <summary>Volume as people hear it, 0 to 100, default 70: 70 is -6 dB, 50 is -12, 10 is -40; 100 alters nothing.</summary>
    [Option("Volume as people hear it: 70 is -6 dB, 50 is -12, 10 is -40; 100 alters nothing.", Min = 0, Max = 100, Effect = OptionEffect.Live)]
    public int Volume { get; init; } = 70;

    /// <summary>Volume of the card's own mixer, 0 to 100 in steps that sound equal; null (default) leaves it as it is.</summary>
    [Option("Volume of the card's own mixer, in steps that sound equal; null leaves it as it is.", Min = 0, Max = 100)]
    public int? HardwareVolume { get; init; }

    /// <summary>Period asked of the card in milliseconds; 5 to 100, default 10.</summary>
    [Option("Period asked of the card.", Unit = "ms", Min = 5, Max = 100)]
    public int PeriodMs { get; init; } = 10;
}

/// <summary>What is done against echo.</summary>
public sealed record EchoOptions
{
    /// <summary>What keeps the loudspeaker out of the microphone; default auto.</summary>
    [Option("What keeps the loudspeaker out of the microphone.")]
    public EchoCancellerChoice Canceller { get; init; } = EchoCancellerChoice.Auto;
}

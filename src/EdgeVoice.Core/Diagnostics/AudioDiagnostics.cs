namespace EdgeVoice.Core.Diagnostics;

/// <summary>Figures of the sound path since the start, for status and reports. Null: not known (yet).</summary>
public sealed record AudioDiagnostics
{
    /// <summary>The microphone in words: "open", "muted", "missing: why", "starting".</summary>
    public string Microphone { get; init; } = "";

    /// <summary>The loudspeaker in words: "playing", "ready", "missing: why".</summary>
    public string Loudspeaker { get; init; } = "";

    /// <summary>How the loudspeaker's card stops at once: "rewind" (with a ramp) or "drop".</summary>
    public string? StopMethod { get; init; }

    /// <summary>Times the microphone's card lost frames because we were late.</summary>
    public long CaptureXruns { get; init; }

    /// <summary>Times the loudspeaker's card ran dry.</summary>
    public long PlaybackXruns { get; init; }

    /// <summary>Times the microphone went away while it was open.</summary>
    public long MicrophoneLosses { get; init; }

    /// <summary>Times the loudspeaker went away while it was open.</summary>
    public long LoudspeakerLosses { get; init; }

    /// <summary>Frames captured that found no room.</summary>
    public long DroppedCaptureFrames { get; init; }

    /// <summary>Samples received that found no room.</summary>
    public long DroppedPlaybackSamples { get; init; }

    /// <summary>Answers given up because there was no loudspeaker.</summary>
    public long UnheardAnswers { get; init; }

    /// <summary>Most sound that waited in the microphone's card, in ms.</summary>
    public double CaptureDeepestMs { get; init; }

    /// <summary>Least sound that waited in it when the thread woke to read, in ms.</summary>
    public double? CaptureShallowestMs { get; init; }

    /// <summary>Latest waking of the capture thread, in ms.</summary>
    public double CaptureLateMs { get; init; }

    /// <summary>Most sound that waited in the loudspeaker's card, in ms.</summary>
    public double? PlaybackDeepestMs { get; init; }

    /// <summary>Least sound that waited in it while it played, in ms.</summary>
    public double? PlaybackShallowestMs { get; init; }

    /// <summary>Latest waking of the playback thread, in ms.</summary>
    public double PlaybackLateMs { get; init; }

    /// <summary>First audio of the last answer received to its first sample leaving the card, in ms.</summary>
    public double? SocketToCardMs { get; init; }

    /// <summary>The longest of these, in ms.</summary>
    public double? WorstSocketToCardMs { get; init; }

    /// <summary>Last sample of the last append from the card to the socket, in ms.</summary>
    public double? CardToSocketMs { get; init; }

    /// <summary>The longest of these, in ms.</summary>
    public double? WorstCardToSocketMs { get; init; }

    /// <summary>How much faster the microphone's clock is than it says, in parts per million.</summary>
    public double? CaptureClockPpm { get; init; }

    /// <summary>The same of the loudspeaker's clock.</summary>
    public double? PlaybackClockPpm { get; init; }

    /// <summary>The first less the second: the drift between the cards.</summary>
    public double? DriftPpm { get; init; }

    /// <summary>Samples at full scale, three or more in a row.</summary>
    public long ClippedSamples { get; init; }

    /// <summary>For how long the microphone has delivered nothing but exact zeros, in seconds.</summary>
    public double SilentSeconds { get; init; }

    /// <summary>A press's first edge, by its own time stamp, to the order to be silent; null: nothing was interrupted yet.</summary>
    public LatencyDiagnostics? PressToSilence { get; init; }

    /// <summary>The same edge to the moment at which the socket had the first audio of the turn; null: no turn yet.</summary>
    public LatencyDiagnostics? PressToFirstAppend { get; init; }

    /// <summary>Bytes allocated by the audio threads' steady loops; must be 0.</summary>
    public long AllocatedBytes { get; init; }
}

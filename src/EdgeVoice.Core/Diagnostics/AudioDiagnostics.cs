namespace EdgeVoice.Core.Diagnostics;

/// <summary>Figures of the sound path since the start, for status and reports. Null: not known (yet).</summary>
/// <param name="Microphone">The microphone in words: "open", "muted", "missing: why", "starting".</param>
/// <param name="Loudspeaker">The loudspeaker in words: "playing", "ready", "missing: why".</param>
/// <param name="CaptureXruns">Times the microphone's card lost frames because we were late.</param>
/// <param name="PlaybackXruns">Times the loudspeaker's card ran dry.</param>
/// <param name="MicrophoneLosses">Times the microphone went away while it was open.</param>
/// <param name="LoudspeakerLosses">Times the loudspeaker went away while it was open.</param>
/// <param name="DroppedCaptureFrames">Frames captured that found no room.</param>
/// <param name="DroppedPlaybackSamples">Samples received that found no room.</param>
/// <param name="UnheardAnswers">Answers given up because there was no loudspeaker.</param>
/// <param name="CaptureDeepestMs">Most sound that waited in the microphone's card, in ms.</param>
/// <param name="CaptureLateMs">Latest waking of the capture thread, in ms.</param>
/// <param name="PlaybackDeepestMs">Most sound that waited in the loudspeaker's card, in ms.</param>
/// <param name="PlaybackShallowestMs">Least sound that waited in it while it played, in ms.</param>
/// <param name="PlaybackLateMs">Latest waking of the playback thread, in ms.</param>
/// <param name="SocketToCardMs">First audio of the last answer received to its first sample leaving the card, in ms.</param>
/// <param name="WorstSocketToCardMs">The longest of these, in ms.</param>
/// <param name="CardToSocketMs">Last sample of the last append from the card to the socket, in ms.</param>
/// <param name="WorstCardToSocketMs">The longest of these, in ms.</param>
/// <param name="CaptureClockPpm">How much faster the microphone's clock is than it says, in parts per million.</param>
/// <param name="PlaybackClockPpm">The same of the loudspeaker's clock.</param>
/// <param name="DriftPpm">The first less the second: the drift between the cards.</param>
/// <param name="ClippedSamples">Samples at full scale, three or more in a row.</param>
/// <param name="SilentSeconds">For how long the microphone has delivered nothing but exact zeros, in seconds.</param>
/// <param name="AllocatedBytes">Bytes allocated by the audio threads' steady loops; must be 0.</param>
public sealed record AudioDiagnostics(
    string Microphone,
    string Loudspeaker,
    long CaptureXruns,
    long PlaybackXruns,
    long MicrophoneLosses,
    long LoudspeakerLosses,
    long DroppedCaptureFrames,
    long DroppedPlaybackSamples,
    long UnheardAnswers,
    double CaptureDeepestMs,
    double CaptureLateMs,
    double? PlaybackDeepestMs,
    double? PlaybackShallowestMs,
    double PlaybackLateMs,
    double? SocketToCardMs,
    double? WorstSocketToCardMs,
    double? CardToSocketMs,
    double? WorstCardToSocketMs,
    double? CaptureClockPpm,
    double? PlaybackClockPpm,
    double? DriftPpm,
    long ClippedSamples,
    double SilentSeconds,
    long AllocatedBytes);

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Sound both ways.</summary>
/// <param name="Input">To the server.</param>
/// <param name="Output">From the server.</param>
public sealed record SessionAudio(AudioInput? Input = null, AudioOutput? Output = null) : WireRecord;

/// <summary>Sound to the server. Null clears noise reduction, transcription or turn detection.</summary>
/// <param name="Format">Format; PCM16 at 24 kHz by default.</param>
/// <param name="NoiseReduction">Applied before voice activity detection and model.</param>
/// <param name="Transcription">Transcripts of what the user says.</param>
/// <param name="TurnDetection">Who ends a turn: null for us (push-to-talk must send it), otherwise the server.</param>
public sealed record AudioInput(
    AudioFormat? Format = null,
    Optional<NoiseReduction> NoiseReduction = default,
    Optional<InputTranscription> Transcription = default,
    Optional<TurnDetection> TurnDetection = default) : WireRecord;

/// <summary>Sound from the server.</summary>
/// <param name="Format">Format; PCM16 at 24 kHz by default.</param>
/// <param name="Voice">Voice; cannot be changed once it has been heard.</param>
/// <param name="Speed">0.25 to 1.5, default 1; only between turns.</param>
public sealed record AudioOutput(
    AudioFormat? Format = null,
    Optional<Voice> Voice = default,
    double? Speed = null) : WireRecord;

/// <summary>Noise reduction by the server; no echo cancellation.</summary>
/// <param name="Type">Where the microphone stands.</param>
public sealed record NoiseReduction(NoiseReductionType? Type = null) : WireRecord;

/// <summary>Where the microphone stands.</summary>
public enum NoiseReductionType
{
    /// <summary>A word this program does not know.</summary>
    Unknown,

    /// <summary>Headset or telephone.</summary>
    NearField,

    /// <summary>A device in a room.</summary>
    FarField,
}

/// <summary>Transcription of what the user says.</summary>
/// <param name="Model">Model, such as <c>gpt-4o-mini-transcribe</c>.</param>
/// <param name="Language">ISO-639-1 code.</param>
/// <param name="Languages">Several of them; some models only.</param>
/// <param name="Keywords">Words to expect; some models only.</param>
/// <param name="Prompt">Text that helps the model.</param>
/// <param name="Delay"><c>minimal</c> to <c>xhigh</c>; one model only.</param>
public sealed record InputTranscription(
    string? Model = null,
    Optional<string> Language = default,
    IReadOnlyList<string>? Languages = null,
    IReadOnlyList<string>? Keywords = null,
    Optional<string> Prompt = default,
    string? Delay = null) : WireRecord;

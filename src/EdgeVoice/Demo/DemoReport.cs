using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Demo;

/// <summary>One turn, as measured. Times in milliseconds; null where there is nothing to measure.</summary>
/// <param name="HeardMs">Length of the answer that left the loudspeaker.</param>
/// <param name="ReplyMs">Length of the answer that was received.</param>
/// <param name="PressToFirstAppendMs">Edge of the press to the first audio handed to the socket (push to talk).</param>
/// <param name="EndOfSpeechToFirstSampleMs">Last sample of the speech to the first sample of the answer leaving the card.</param>
/// <param name="DeltaToSpeakerMs">First audio received to the first sample leaving the card.</param>
/// <param name="Transcript">What the answer says, as far as the server told.</param>
/// <param name="Sha256Sent">SHA-256 of the answer's samples as the stand-in server sent them; null for another server.</param>
/// <param name="Sha256Heard">SHA-256 of the samples that left the loudspeaker.</param>
/// <param name="OutputStartMs">Where the answer begins in the output file.</param>
/// <param name="Cut">The answer was interrupted.</param>
/// <param name="Lost">The connection was lost before all of the answer had come.</param>
internal sealed record DemoTurnReport(
    double HeardMs,
    double ReplyMs,
    double? PressToFirstAppendMs,
    double? EndOfSpeechToFirstSampleMs,
    double? DeltaToSpeakerMs,
    string Transcript,
    string? Sha256Sent,
    string Sha256Heard,
    double OutputStartMs,
    bool Cut,
    bool Lost);

/// <summary>One item that was cut. Times in milliseconds.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="AudioEndMs">What the server was told; null: it was deleted.</param>
/// <param name="PlayedMs">What the card says was heard.</param>
/// <param name="StopMs">Order to silence.</param>
internal sealed record DemoInterruption(string ItemId, int? AudioEndMs, double PlayedMs, double StopMs);

/// <summary>What <c>demo --report</c> writes.</summary>
internal sealed record DemoReport(
    IReadOnlyList<DemoTurnReport> Turns,
    IReadOnlyList<DemoInterruption> Interruptions,
    int Reconnects,
    long Xruns,
    long DroppedFrames,
    int Gen0Collections,
    double AllocatedBytesPerSecond,
    long AudioThreadAllocatedBytes,
    double CpuMsPerSecond,
    double WorkingSetMb,
    double SpeakerBufferMs)
{
    /// <summary>Figures of the sound path.</summary>
    public AudioDiagnostics? Audio { get; init; }

    /// <summary>As indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, DemoJson.Default.DemoReport);
}

/// <summary>Source-generated JSON of the report.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoReport))]
internal sealed partial class DemoJson : JsonSerializerContext;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary><c>output_audio_buffer.started</c>: the server plays a response; only over WebRTC and SIP.</summary>
/// <param name="ResponseId">The response.</param>
public sealed record OutputAudioBufferStarted(string ResponseId = "") : ServerEvent("output_audio_buffer.started");

/// <summary><c>output_audio_buffer.stopped</c>: the server has played a response; only over WebRTC and SIP.</summary>
/// <param name="ResponseId">The response.</param>
public sealed record OutputAudioBufferStopped(string ResponseId = "") : ServerEvent("output_audio_buffer.stopped");

/// <summary><c>output_audio_buffer.cleared</c>: the server dropped unplayed sound; only over WebRTC and SIP.</summary>
/// <param name="ResponseId">The response.</param>
public sealed record OutputAudioBufferCleared(string ResponseId = "") : ServerEvent("output_audio_buffer.cleared");

namespace EdgeVoice.Simulator.Devices;

/// <summary>When a clip is heard by the virtual microphone, exact to the sample.</summary>
/// <param name="Cue">Number <see cref="CueSource.Play(ReadOnlyMemory{float})"/> returned.</param>
/// <param name="StartNs">Monotonic time of its first sample, in nanoseconds.</param>
/// <param name="EndNs">Monotonic time of the sample after its last, in nanoseconds.</param>
public readonly record struct CuePlayed(long Cue, long StartNs, long EndNs);

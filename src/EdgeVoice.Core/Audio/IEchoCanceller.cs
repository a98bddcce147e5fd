namespace EdgeVoice.Core.Audio;

/// <summary>Removes what the loudspeaker says from what the microphone hears, on the capture thread.</summary>
/// <remarks>Called only by <c>ev-capture</c>, block after block; must not allocate, lock or block.</remarks>
public interface IEchoCanceller
{
    /// <summary>
    /// Works in place on one block of mono samples in [-1, 1) at the card's rate. <paramref name="timeNs"/> is the monotonic
    /// time of the first sample. The canceller drains its own reference queue.
    /// </summary>
    void Process(Span<float> mono, int rate, long timeNs);
}

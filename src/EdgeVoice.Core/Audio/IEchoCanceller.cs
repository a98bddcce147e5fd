namespace EdgeVoice.Core.Audio;

/// <summary>Removes what the loudspeaker says from what the microphone hears, on the capture thread.</summary>
/// <remarks>Called only by <c>ev-capture</c>, block after block; must not allocate, lock or block.</remarks>
public interface IEchoCanceller
{
    /// <summary>
    /// Works in place on one block of mono samples in [-1, 1) at the card's rate. <paramref name="timeNs"/> is the monotonic
    /// time of the first sample. The canceller drains its own reference queue; an empty block does nothing else, and comes
    /// while the microphone is closed or missing, so that the queue never fills.
    /// </summary>
    void Process(Span<float> mono, int rate, long timeNs);

    /// <summary>
    /// The microphone's next block does not follow the one before it: frames were lost, or the device was opened anew. Cancellers that
    /// keep no alignment do nothing.
    /// </summary>
    void Interrupt()
    {
    }

    /// <summary>
    /// Someone pressed to talk at monotonic <paramref name="timeNs"/>: what is kept shut for safety's sake opens. Cancellers
    /// without a gate do nothing.
    /// </summary>
    void ReleaseGate(long timeNs)
    {
    }
}

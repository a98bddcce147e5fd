using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Benchmarks;

/// <summary>A loudspeaker that notes when it is told to fall silent.</summary>
internal sealed class BargeInSink(IAudioSink card, TimeProvider time) : IAudioSink
{
    private long _stoppedNs;

    /// <summary>When it was last told to, in monotonic nanoseconds.</summary>
    public long StoppedNs => Volatile.Read(ref _stoppedNs);

    public AudioStreamFormat Format => card.Format;

    public int Writable => card.Writable;

    public AudioWait Wait(int timeoutMs) => card.Wait(timeoutMs);

    public AudioWait Idle(int timeoutMs) => card.Idle(timeoutMs);

    public int Write(ReadOnlySpan<float> interleaved) => card.Write(interleaved);

    public AudioSinkStatus Status() => card.Status();

    public long Drop(int keep = 0)
    {
        Volatile.Write(ref _stoppedNs, time.NowNs());
        return card.Drop(keep);
    }

    public void Wake() => card.Wake();

    public void Dispose() => card.Dispose();
}

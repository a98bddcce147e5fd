namespace EdgeVoice.Tests.Support;

/// <summary>A monotonic clock in nanoseconds that moves only when told; it starts at 1,000 s.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _ns = 1_000_000_000_000;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Volatile.Read(ref _ns);

    public void AdvanceMs(double ms) => Interlocked.Add(ref _ns, (long)(ms * 1e6));
}

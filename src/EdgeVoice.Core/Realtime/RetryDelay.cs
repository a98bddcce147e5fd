namespace EdgeVoice.Core.Realtime;

/// <summary>How long to wait before the next attempt to connect.</summary>
internal sealed class RetryDelay
{
    /// <summary>Before the first attempt after a working connection.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest pause while trying may help.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(1);

    /// <summary>Pause after a refusal that trying again will not mend (a bad key, no such model).</summary>
    public static readonly TimeSpan Fatal = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lasts so long was a success: a server that accepts and drops at once must not be hammered for ever.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromSeconds(10);
    private TimeSpan _next = First;

    /// <summary>The pause after an attempt whose connection was ready for <paramref name="lasted"/>; zero: it never was.</summary>
    public TimeSpan Next(TimeSpan lasted, bool fatal)
    {
        if (lasted >= Proof) _next = First;
        if (fatal) return Fatal;
        var delay = _next;
        _next = delay * 2 < Cap ? delay * 2 : Cap;
        return delay;
    }
}

namespace EdgeVoice.Core.Realtime;

/// <summary>
/// How long to wait before the next attempt to connect: anything up to a limit that doubles ("full jitter"), so that ten thousand devices
/// do not come back in one moment.
/// </summary>
/// <remarks>One thread.</remarks>
internal sealed class RetryDelay(Random random)
{
    /// <summary>Limit after the first failure.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>Highest limit while nobody waits.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);

    /// <summary>Highest limit while a person waits.</summary>
    public static readonly TimeSpan WaitedForCap = TimeSpan.FromSeconds(1);

    /// <summary>Longest that a server's own wish (Retry-After) is followed: what is longer is a mistake.</summary>
    public static readonly TimeSpan LongestWish = TimeSpan.FromHours(1);

    /// <summary>A connection that lasts so long was a success: a server that accepts and drops at once must not be hammered for ever.</summary>
    public static readonly TimeSpan Proof = TimeSpan.FromSeconds(10);

    /// <summary>Least pause after a refusal that may have been a gateway's; ten times that at most.</summary>
    public static readonly TimeSpan Rarely = TimeSpan.FromMinutes(1);

    private const int RareCaps = 18;
    private TimeSpan _limit = First;

    /// <summary>The pause after a failure; null: until something changes.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="lasted">For how long the connection was ready; zero: it never was.</param>
    /// <param name="isWaitedFor">Somebody wants an answer.</param>
    public TimeSpan? Next(in LinkFailure failure, TimeSpan lasted, bool isWaitedFor)
    {
        if (lasted >= Proof) _limit = First;
        if (failure.IsFatal) return failure.MayPass ? Rarely + (Cap * RareCaps * random.NextDouble()) : null;
        var delay = (isWaitedFor && _limit > WaitedForCap ? WaitedForCap : _limit) * random.NextDouble();
        _limit = _limit * 2 < Cap ? _limit * 2 : Cap;
        // A server that names a time names it to everybody: the jitter comes on top.
        return failure.RetryAfter is { } wish ? delay + (wish < LongestWish ? wish : LongestWish) : delay;
    }
}

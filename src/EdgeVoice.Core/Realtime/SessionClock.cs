using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Realtime;

/// <summary>When a session has to be exchanged for another one, because the server ends it after a time (sixty minutes at OpenAI).</summary>
/// <param name="Lifetime">From its greeting to its end; null: it does not end by itself.</param>
internal readonly record struct SessionClock(TimeSpan? Lifetime)
{
    // Of sixty minutes: at fifty whoever is quiet is not disturbed, at fifty-five an answer is waited for, at fifty-nine nothing is.
    private const double QuietPart = 5.0 / 6, AnswerPart = 11.0 / 12, LastPart = 59.0 / 60;

    /// <summary>Lifetime where the server's and our clock disagree beyond belief: the service's own.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(60);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads the end that the server has named.</summary>
    /// <param name="expiresAt">Seconds since 1970; null or 0: it named none.</param>
    /// <param name="serverNow">The server's time at the greeting; null: it did not tell.</param>
    /// <param name="deviceNow">Ours, which may be years off on a device without a battery.</param>
    public static SessionClock From(long? expiresAt, DateTimeOffset? serverNow, DateTimeOffset deviceNow)
    {
        if (expiresAt is not (> 0 and { } seconds)) return default;
        var left = TimeSpan.FromSeconds(Math.Clamp(seconds - (double)(serverNow ?? deviceNow).ToUnixTimeSeconds(), -1, Longest.TotalSeconds + 1));
        var isBelievable = left > (serverNow is null ? TimeSpan.FromMinutes(1) : TimeSpan.Zero) && left <= Longest;
        return new SessionClock(isBelievable ? left : Usual);
    }

    /// <summary>How long from now until an exchange is looked for; null: never.</summary>
    public TimeSpan? UntilQuiet(TimeSpan age) =>
        Lifetime is { } lifetime ? TimeSpan.FromTicks(Math.Max(0, (lifetime * QuietPart - age).Ticks)) : null;

    /// <summary>What is waited for at this age.</summary>
    public HandoverMoment MomentAt(TimeSpan age) =>
        Lifetime is not { } lifetime || age < lifetime * AnswerPart ? HandoverMoment.Quiet
        : age < lifetime * LastPart ? HandoverMoment.AfterAnswer : HandoverMoment.Now;
}

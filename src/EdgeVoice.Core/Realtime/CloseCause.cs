using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.Core.Realtime;

/// <summary>Reads close codes and error events: the server refuses after the upgrade, by one error and a close.</summary>
internal static class CloseCause
{
    private static readonly HashSet<string> FatalCodes = new(StringComparer.Ordinal)
    {
        "invalid_api_key", "account_deactivated", "insufficient_quota", "billing_hard_limit_reached", "model_not_found",
        "beta_api_shape_disabled", "missing_model",
    };

    /// <summary>Trying again will not mend these HTTP statuses.</summary>
    public static bool IsFatalStatus(int? status) => status is 400 or 401 or 403 or 404;

    /// <summary>Of these, what a gateway says while the service behind it is exchanged.</summary>
    public static bool MayPass(int? status) => status is 400 or 403 or 404;

    /// <summary>Why a connection ended, whether trying again is pointless, and what a person can do.</summary>
    public static LinkFailure Explain(
        TransportEndpoint at, TransportClosed closed, RealtimeError? error, string? refusal)
    {
        var code = error?.Code ?? error?.Type;
        var fatal = closed.Code is 3000 or 4000 or 4004 || (code is not null && FatalCodes.Contains(code));
        var trouble = TroubleOf(closed.Code, code);
        if (fatal) return new($"{at}: refused: {OneLine.Of(error?.Message ?? closed.Reason)}{Remedy(closed.Code, code)}", true, trouble);
        // Where we ended it ourselves, what made us do so tells more than the peer's answer to our goodbye.
        if (refusal is not null && (closed.Code is null || refusal != RealtimeConnection.Ended)) return new($"{at}: {OneLine.Of(refusal)}", false, trouble);
        var number = closed.Code is { } c ? $" (close code {c})" : "";
        return new($"{at}: connection ended{number}: {OneLine.Of(error?.Message ?? closed.Reason)}", false, trouble);
    }

    private static Trouble TroubleOf(int? closeCode, string? code) => ErrorTroubles.Of(code) is var trouble and not Trouble.None
        ? trouble
        : closeCode switch
        {
            3000 => Trouble.KeyRejected,
            4000 or 4004 => Trouble.ConfigurationInvalid,
            _ => Trouble.None,
        };

    private static string Remedy(int? closeCode, string? code) => (closeCode, code) switch
    {
        (3000, _) or (_, "invalid_api_key") => "; check the API key",
        (4004, _) or (_, "model_not_found") => "; check realtime.model",
        (_, "missing_model") => "; set realtime.model",
        (_, "beta_api_shape_disabled") => "; something on the way adds the header OpenAI-Beta: take it out",
        (_, "account_deactivated") => "; the account is closed: use a key of another one",
        (_, "insufficient_quota" or "billing_hard_limit_reached") => "; the account has no credit left",
        _ => "",
    };
}

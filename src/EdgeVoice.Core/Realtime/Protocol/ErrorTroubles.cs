using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>What a server's error means to a person.</summary>
public static class ErrorTroubles
{
    /// <summary>The trouble behind an error's code (or its type, where it has none); <see cref="Trouble.None"/> for all others.</summary>
    public static Trouble Of(string? code) => code switch
    {
        "invalid_api_key" or "account_deactivated" or "authentication_error" => Trouble.KeyRejected,
        "insufficient_quota" or "billing_hard_limit_reached" => Trouble.QuotaUsedUp,
        "rate_limit_exceeded" or "rate_limit_error" or "requests" or "tokens" => Trouble.TooManyRequests,
        "model_not_found" or "missing_model" => Trouble.ConfigurationInvalid,
        _ => Trouble.None,
    };
}

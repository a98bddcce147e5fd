namespace EdgeVoice.Simulator.Server;

/// <summary>What an error event says. A value, not an exception: a client's mistake is an expected outcome.</summary>
internal sealed record WireError(string? Code, string Message, string? Param = null, string Type = "invalid_request_error")
{
    internal static WireError Value(string message, string? param) => new("invalid_value", message, param);

    internal static WireError Missing(string param) => new("missing_required_parameter", $"Missing required parameter: '{param}'.", param);

    internal static WireError Unknown(string param) => new("unknown_parameter", $"Unknown parameter: '{param}'.", param);

    internal static WireError Kind(string param, string expected, string found) =>
        new("invalid_type", $"Invalid type for '{param}': expected {expected}, but got {found} instead.", param);
}

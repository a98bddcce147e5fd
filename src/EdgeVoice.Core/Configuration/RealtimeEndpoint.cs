using System.Net;

namespace EdgeVoice.Core.Configuration;

/// <summary>Which addresses a server may have, and the address that is really connected to.</summary>
public static class RealtimeEndpoint
{
    private static readonly string[] SecretParameters = ["api-key", "api_key", "apikey", "key", "token", "access_token", "authorization"];

    /// <summary>The address with <c>model=</c> appended, unless it names a model itself; its own query stays as it is.</summary>
    /// <exception cref="ArgumentException">The address breaks a rule that the validator would have told.</exception>
    public static Uri Build(RealtimeOptions options)
    {
        if (Problem(options.Url) is { } problem)
            throw new ArgumentException(problem.ToString(), nameof(options));
        var builder = new UriBuilder(options.Url);
        var query = builder.Query.TrimStart('?');
        if (!ParameterNames(query).Contains("model", StringComparer.Ordinal))
            query += $"{(query.Length == 0 || query.EndsWith('&') ? string.Empty : "&")}model={Uri.EscapeDataString(options.Model)}";
        builder.Query = query;
        return builder.Uri;
    }

    /// <summary>True for 127.0.0.0/8, ::1 and localhost: sound and key never leave the machine.</summary>
    public static bool IsLoopback(Uri address) => address.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
        ? IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip)
        : string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>As <see cref="Build"/>, but false and one line, without a place, where the address may not be used.</summary>
    public static bool TryBuild(RealtimeOptions options, out Uri? address, out string problem)
    {
        ArgumentNullException.ThrowIfNull(options);
        var found = Problem(options.Url);
        problem = found is null ? string.Empty : $"found {found.Found}; allowed: {found.Allowed}";
        address = found is null ? Build(options) : null;
        return found is null;
    }

    /// <summary>True where the server may be used without a credential: plain <c>ws</c> on loopback.</summary>
    internal static bool MayBeAnonymous(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeWs && IsLoopback(address);

    /// <summary>What is wrong with an address, or null.</summary>
    internal static ConfigurationProblem? Problem(string url)
    {
        const string Path = "realtime.url";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Length == 0)
            return new(Path, ValueText.Quote(url), "an address such as \"wss://api.openai.com/v1/realtime\"");
        if (HoldsSecret(address))
            return new(Path, "an address with a secret in it (not shown)", $"an address without user, password or key; {SecretShape.Remedy}");
        if (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            return new(Path, ValueText.Quote(url), "a WebSocket address: write wss:// in place of https:// or http://");
        if (address.Scheme == Uri.UriSchemeWs && !IsLoopback(address))
            return new(Path, ValueText.Quote(url), "wss:// (plain ws:// sends voice and key in the clear: only to 127.0.0.0/8, ::1 or localhost)");
        if (address.Scheme != Uri.UriSchemeWs && address.Scheme != Uri.UriSchemeWss)
            return new(Path, ValueText.Quote(url), "wss://, or ws:// to 127.0.0.0/8, ::1 or localhost");
        return address.Fragment.Length > 0 ? new(Path, ValueText.Quote(url), "an address without #") : null;
    }

    private static bool HoldsSecret(Uri address) =>
        address.UserInfo.Length > 0
        || SecretShape.Contains(Uri.UnescapeDataString(address.OriginalString))
        || ParameterNames(address.Query.TrimStart('?')).Any(name => SecretParameters.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<string> ParameterNames(string query) =>
        query.Split('&').Select(parameter => Uri.UnescapeDataString(parameter.Split('=', 2)[0]));
}

namespace EdgeVoice.Core.Configuration;

/// <summary>Checks how a credential is named; the key itself is looked at by <see cref="CredentialReader"/>.</summary>
internal static class CredentialRules
{
    /// <summary>What a credential may be.</summary>
    public const string Allowed = "exactly one of {\"systemd\": NAME}, {\"file\": PATH} or {\"environment\": NAME}";

    /// <summary>Where the API key's stands.</summary>
    public const string ApiKeyPath = "realtime.credential";

    /// <summary>Adds what is wrong with <paramref name="options"/> at <paramref name="path"/>; a key pasted in place of a name is never shown.</summary>
    public static void Check(OptionRules rules, CredentialOptions options, string path = ApiKeyPath)
    {
        var given = new[] { options.Systemd, options.File, options.Environment }.Count(value => value is not null);
        if (given != 1)
            rules.Add(path, given == 0 ? "none of them" : $"{given} of them", Allowed);
        if (!IsKey(rules, $"{path}.systemd", options.Systemd) && options.Systemd is { } name && (!OptionRules.IsName(name, "._-@:") || name is "." or ".."))
            rules.Add($"{path}.systemd", ValueText.Quote(name), "the name of a systemd credential such as \"openai-api-key\", without a path");
        if (!IsKey(rules, $"{path}.file", options.File))
            rules.AbsolutePath($"{path}.file", options.File);
        if (!IsKey(rules, $"{path}.environment", options.Environment) && options.Environment is { } variable && !IsVariable(variable))
            rules.Add($"{path}.environment", ValueText.Quote(variable), "the name of an environment variable such as \"EDGEVOICE_API_KEY\"");
    }

    private static bool IsKey(OptionRules rules, string path, string? value)
    {
        if (value is null || !SecretShape.IsKeyNotName(value))
            return false;
        rules.Add(path, "a secret (not shown)", $"a name; {SecretShape.Remedy}");
        return true;
    }

    private static bool IsVariable(string name) => OptionRules.IsName(name, "_") && !char.IsAsciiDigit(name[0]);
}

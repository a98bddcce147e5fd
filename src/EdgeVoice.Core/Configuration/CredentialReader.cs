using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Core.Configuration;

/// <summary>What came of reading a credential: the secret, or one clear line that does not hold it.</summary>
/// <param name="Secret">The key; null where there is an error.</param>
/// <param name="Error">What, where and what to do; null where there is none.</param>
public sealed record CredentialResult(Secret? Secret, string? Error);

/// <summary>Reads an API key from where the configuration says it is.</summary>
/// <remarks>Any thread may call it; it never waits for a pipe or a device and reads 64 KiB at most.</remarks>
public static class CredentialReader
{
    /// <summary>Largest credential in bytes.</summary>
    public const int MaxBytes = 64 << 10;

    private const UnixFileMode Forbidden =
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>
    /// Reads the key that <paramref name="options"/> name; white space around it is taken off. <paramref name="environment"/> gives
    /// environment variables; null (default) for the process's own.
    /// </summary>
    public static CredentialResult Read(CredentialOptions options, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var rules = new OptionRules();
        CredentialRules.Check(rules, options);
        if (rules.Problems.Count > 0)
            return Failed(rules.Problems[0].ToString());
        if (options.Environment is { } variable)
            return FromEnvironment(variable, environment);
        return options.Systemd is { } name ? FromSystemd(name, environment) : FromFile(options.File!, ReasonAgainstMode);
    }

    private static CredentialResult FromEnvironment(string variable, Func<string, string?> environment) => environment(variable) is { } value
        ? FromText(value, $"environment variable {variable}")
        : Failed($"environment variable {variable}: is not set; set it for the service, or name a file with \"credential\": {{\"file\": PATH}}");

    private static CredentialResult FromSystemd(string name, Func<string, string?> environment)
    {
        var directory = environment("CREDENTIALS_DIRECTORY");
        if (string.IsNullOrEmpty(directory))
            return Failed($"systemd credential {name}: CREDENTIALS_DIRECTORY is not set; start as a service with LoadCredential={name}:PATH, or use \"file\"");

        // systemd itself guards this directory, and its modes differ between versions.
        return FromFile(Path.Combine(directory, name), refuse: null);
    }

    private static CredentialResult FromFile(string path, Func<SafeFileHandle, string?>? refuse)
    {
        var bytes = BoundedFile.Read(path, MaxBytes, refuse, out var error);
        if (bytes is null)
            return Failed($"credential {error}");
        var text = Encoding.UTF8.GetString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return FromText(text, $"credential {ValueText.Escape(path)}");
    }

    private static CredentialResult FromText(string text, string where)
    {
        var key = text.Trim();
        if (key.Length == 0)
            return Failed($"{where}: is empty; write the API key into it");
        if (key.Length > MaxBytes)
            return Failed($"{where}: is larger than {MaxBytes >> 10} KiB");

        // It goes into a header: a line break there would be another header.
        return key.All(c => c is > ' ' and < '\x7f')
            ? new CredentialResult(new Secret(key), null)
            : Failed($"{where}: holds more than one word of plain ASCII; it must hold the API key and nothing else");
    }

    private static string? ReasonAgainstMode(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var mode = File.GetUnixFileMode(file);
        if ((mode & Forbidden) == 0)
            return null;
        return $"has mode {Convert.ToString((int)mode, 8)}; nobody else may read it and only its owner write it: chmod 640";
    }

    private static CredentialResult Failed(string error) => new(null, error);
}

using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Core.Configuration;

/// <summary>Where the public key and the signature lie.</summary>
public sealed partial class ConfigurationSignature
{
    /// <summary>Environment variable that names the public key's file; it counts before <see cref="DefaultKeyPath"/>.</summary>
    public const string Variable = "EDGEVOICE_CONFIG_KEY";

    /// <summary>Where the public key lies unless it is said otherwise.</summary>
    public const string DefaultKeyPath = "/etc/edgevoice/configuration.pub";

    /// <summary>What the signature's file is called: the configuration's path, and this behind it.</summary>
    public const string Suffix = ".sig";

    private const int MaxKeyBytes = 16 << 10;
    private const int MaxSignatureBytes = 4 << 10;

    /// <summary>
    /// The check for the configuration at <paramref name="configurationPath"/>, given its bytes: null where they may be taken, else why
    /// not, one line. Null in place of a check where the device has no public key, and nothing need be signed. Key and signature are
    /// read anew each time, so that either may be exchanged. <paramref name="environment"/> gives variables, null for the process's own;
    /// <paramref name="defaultKeyPath"/>: the key's place without a variable.
    /// </summary>
    public static Func<byte[], string?>? Find(
        string configurationPath, Func<string, string?>? environment = null, string defaultKeyPath = DefaultKeyPath)
    {
        ArgumentNullException.ThrowIfNull(configurationPath);
        var named = (environment ?? Environment.GetEnvironmentVariable)(Variable);
        var keyPath = string.IsNullOrEmpty(named) ? defaultKeyPath : named;
        // What was named and is not there refuses every file: a typo must not switch the check off.
        return string.IsNullOrEmpty(named) && !Path.Exists(keyPath) ? null : bytes => Check(configurationPath, bytes, keyPath);
    }

    private static string? Check(string configurationPath, byte[] configuration, string keyPath)
    {
        if (BoundedFile.Read(keyPath, MaxKeyBytes, ReasonAgainstMode, out var keyError) is not { } pem)
            return $"public key {keyError}";
        var signaturePath = configurationPath + Suffix;
        if (BoundedFile.Read(signaturePath, MaxSignatureBytes, refuse: null, out var signatureError) is not { } signature)
            return $"signature {signatureError} (this device takes signed configurations only)";
        try
        {
            return FromPem(Encoding.UTF8.GetString(pem)).Verify(configuration, signature) is { } problem
                ? $"signature {ValueText.Escape(signaturePath)}: {problem}" : null;
        }
        catch (FormatException e)
        {
            return $"public key {ValueText.Escape(keyPath)}: {e.Message}";
        }
    }

    // Whoever may write the key decides what is signed.
    private static string? ReasonAgainstMode(SafeFileHandle file)
    {
        const UnixFileMode Forbidden = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Forbidden) == 0) return null;
        return "may be written by others than its owner; chmod go-w";
    }
}

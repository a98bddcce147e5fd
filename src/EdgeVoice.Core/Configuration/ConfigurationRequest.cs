using System.Collections;

namespace EdgeVoice.Core.Configuration;

/// <summary>For whom a configuration is read.</summary>
/// <param name="DeviceId">The device, as the file's <c>devices</c> name it.</param>
/// <param name="HasIotPackages">Whether this build has the backends <c>alsa-net</c>, <c>iot</c> and <c>hosting</c>.</param>
/// <param name="Environment">Environment variables; those that begin with <c>EDGEVOICE__</c> are the last layer.</param>
public sealed record ConfigurationRequest(string DeviceId, bool HasIotPackages, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>For this device and with this process's environment, as they are now.</summary>
    public static ConfigurationRequest OfThisDevice(bool hasIotPackages)
    {
        var variables = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
        return new ConfigurationRequest(Configuration.DeviceId.Find(variables), hasIotPackages, variables);
    }
}

using System.Text;

namespace EdgeVoice.Core.Configuration;

/// <summary>Finds out which device of the configuration this one is.</summary>
/// <remarks>Any thread may call it.</remarks>
public static class DeviceId
{
    /// <summary>Environment variable that says it.</summary>
    public const string Variable = "EDGEVOICE_DEVICE_ID";

    // A Pi's serial number has sixteen digits.
    private const int MaxBytes = 256;

    private static readonly string[] SerialPaths = ["/sys/firmware/devicetree/base/serial-number", "/proc/device-tree/serial-number"];

    /// <summary>
    /// The id: what <c>EDGEVOICE_DEVICE_ID</c> says, else the board's serial number, else the host's name. <paramref name="serialPaths"/>:
    /// where a serial number may be, default the device tree's places; <paramref name="hostName"/>: default this host's.
    /// </summary>
    public static string Find(IReadOnlyDictionary<string, string> environment, IReadOnlyList<string>? serialPaths = null, string? hostName = null)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment.GetValueOrDefault(Variable)?.Trim() is { Length: > 0 } id)
            return id;
        return (serialPaths ?? SerialPaths).Select(Serial).FirstOrDefault(serial => serial.Length > 0) ?? hostName ?? Environment.MachineName;
    }

    // Most machines have no device tree, and some have one without a number: that is no error.
    private static string Serial(string path)
    {
        try
        {
            if (!File.Exists(path))
                return string.Empty;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var bytes = new byte[MaxBytes];
            var read = file.CanSeek ? file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) : 0;
            return Encoding.ASCII.GetString(bytes, 0, read).Split('\0')[0].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}

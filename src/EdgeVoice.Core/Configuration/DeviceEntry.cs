namespace EdgeVoice.Core.Configuration;

/// <summary>One device of a configuration file: what is needed to find it and to read it when it is asked for.</summary>
/// <param name="Name">Its id, or a pattern with <c>*</c> and <c>?</c>.</param>
/// <param name="Start">Byte at which its object begins.</param>
/// <param name="End">Byte behind its end.</param>
/// <param name="GroupAt">Byte at which the name of its group stands; -1 where it names none.</param>
internal readonly record struct DeviceEntry(string Name, int Start, int End, int GroupAt)
{
    /// <summary>The entry that counts for a device: its exact id, else the pattern with the most letters of its own, else none.</summary>
    public static DeviceEntry? For(string id, IReadOnlyList<DeviceEntry> devices)
    {
        DeviceEntry? best = null;
        foreach (var device in devices)
        {
            if (device.Name == id)
                return device;
            if (DevicePattern.IsPattern(device.Name) && DevicePattern.Matches(device.Name, id)
                && (best is not { } known || DevicePattern.Letters(device.Name) > DevicePattern.Letters(known.Name)))
            {
                best = device;
            }
        }

        return best;
    }
}

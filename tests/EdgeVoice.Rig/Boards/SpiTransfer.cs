using System.Globalization;

namespace EdgeVoice.Rig.Boards;

/// <summary>One transfer as the test controller recorded it when its last bit had gone out.</summary>
/// <param name="Ns">CLOCK_MONOTONIC.</param>
/// <param name="ClockHz">The bit clock asked for.</param>
/// <param name="Length">Bytes sent.</param>
/// <param name="Bytes">The first 64 of them at most as the log prints them, 512 as the controller keeps them.</param>
internal sealed record SpiTransfer(long Ns, int ClockHz, int Length, byte[] Bytes)
{
    public static SpiTransfer Parse(string line)
    {
        var fields = line.Split(' ');
        return new SpiTransfer(
            long.Parse(fields[0], CultureInfo.InvariantCulture),
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            int.Parse(fields[2], CultureInfo.InvariantCulture),
            Convert.FromHexString(fields[3]));
    }
}

using System.Globalization;

namespace EdgeVoice.Core.Devices;

/// <summary>The kernel's name of a device on an SPI bus: <c>/dev/spidevBUS.SELECT</c>.</summary>
/// <remarks>Any thread.</remarks>
public static class SpiDevicePath
{
    private const string Start = "/dev/spidev";

    /// <summary>The numbers of bus and chip select, 0 to 999 each; false where the path is none of these.</summary>
    public static bool TryParse(string path, out int bus, out int select)
    {
        (bus, select) = (0, 0);
        if (!path.StartsWith(Start, StringComparison.Ordinal)) return false;
        var numbers = path[Start.Length..].Split('.');
        return numbers.Length == 2 && IsNumber(numbers[0], out bus) && IsNumber(numbers[1], out select);
    }

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number < 1_000;
}

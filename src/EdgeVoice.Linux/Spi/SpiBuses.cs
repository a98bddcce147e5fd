namespace EdgeVoice.Linux.Spi;

/// <summary>Which SPI buses programs may use: <c>/dev/spidev*</c>, one for each chip select.</summary>
/// <remarks>Any thread; each call looks anew.</remarks>
public static class SpiBuses
{
    /// <summary>Their paths, which are the words for the configuration, in order.</summary>
    /// <param name="folder">Where device nodes lie.</param>
    public static IReadOnlyList<string> List(string folder = "/dev") =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "spidev*").Order(StringComparer.Ordinal)] : [];
}

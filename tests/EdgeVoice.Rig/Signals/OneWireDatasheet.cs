namespace EdgeVoice.Rig.Signals;

/// <summary>What a chip's datasheet asks of its data wire, in nanoseconds.</summary>
internal sealed record OneWireDatasheet(
    string Name, (double Least, double Most) ZeroHigh, (double Least, double Most) ZeroLow, (double Least, double Most) OneHigh, (double Least, double Most) OneLow, double Reset)
{
    /// <summary>WS2812B of 2012 to 2017 (tolerance 150 ns), with the longer reset of the ones since.</summary>
    public static readonly OneWireDatasheet Ws2812B = new("WS2812B", (250, 550), (700, 1_000), (650, 950), (300, 600), 280_000);

    /// <summary>SK6812 and SK6812RGBW (tolerance 150 ns).</summary>
    public static readonly OneWireDatasheet Sk6812 = new("SK6812", (150, 450), (750, 1_050), (450, 750), (450, 750), 80_000);
}

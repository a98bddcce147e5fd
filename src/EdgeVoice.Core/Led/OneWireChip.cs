namespace EdgeVoice.Core.Led;

/// <summary>Pixels with one data wire; they differ in how long a one is high.</summary>
public enum OneWireChip
{
    /// <summary>
    /// WS2812B of any year (datasheets of 2012 and V5): a one is high for 800 ns and low for 480 (asked for: 650 to 950 and 300 to 600;
    /// V5: 580 to 1,000, then no less than 220).
    /// </summary>
    Ws2812,

    /// <summary>SK6812, RGB or RGBW: a one is high for 640 ns and low for 640 (asked for: 450 to 750 each).</summary>
    Sk6812,
}

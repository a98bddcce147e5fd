using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Kind of pixel.</summary>
public enum LedType
{
    /// <summary>WS2812 and its kin: one data wire.</summary>
    [JsonStringEnumMemberName("ws2812")]
    Ws2812,

    /// <summary>APA102: data and clock.</summary>
    [JsonStringEnumMemberName("apa102")]
    Apa102,
}

/// <summary>The lights.</summary>
public sealed record LedOptions
{
    /// <summary>What drives the pixels; default kernel.</summary>
    public PinBackend Backend { get; init; } = PinBackend.Kernel;

    /// <summary>Kind of pixel; default ws2812.</summary>
    public LedType Type { get; init; } = LedType.Ws2812;

    /// <summary>Path of the SPI device, <c>none</c> or <c>terminal</c>; default "/dev/spidev0.0".</summary>
    public string Device { get; init; } = "/dev/spidev0.0";

    /// <summary>Number of pixels; 1 to 64, default 12.</summary>
    public int Pixels { get; init; } = 12;

    /// <summary>Brightness of the whole ring, 0 to 1; default 0.4.</summary>
    public double Brightness { get; init; } = 0.4;
}

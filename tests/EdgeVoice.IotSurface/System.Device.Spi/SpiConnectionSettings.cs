namespace System.Device.Spi;

/// <summary>How to talk to a device.</summary>
public sealed class SpiConnectionSettings(int busId, int chipSelectLine = -1)
{
    public int BusId { get; set; } = busId;

    public int ChipSelectLine { get; set; } = chipSelectLine;

    public int ClockFrequency { get; set; } = 500_000;

    public SpiMode Mode { get; set; }

    public int DataBitLength { get; set; } = 8;
}

/// <summary>Clock polarity and phase.</summary>
public enum SpiMode
{
    Mode0,
    Mode1,
    Mode2,
    Mode3,
}

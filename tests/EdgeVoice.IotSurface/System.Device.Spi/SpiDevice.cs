using System.Collections.Concurrent;

namespace System.Device.Spi;

/// <summary>A device on an SPI bus; what is written is recorded.</summary>
public class SpiDevice(SpiConnectionSettings settings) : IDisposable
{
    /// <summary>What was opened, in order, by bus.</summary>
    public static ConcurrentDictionary<int, ConcurrentQueue<SpiDevice>> Opened { get; } = new();

    /// <summary>Buses that fail, with the words.</summary>
    public static ConcurrentDictionary<int, string> Failures { get; } = new();

    public SpiConnectionSettings ConnectionSettings { get; } = settings;

    /// <summary>What was written, a transfer each.</summary>
    public List<byte[]> Transfers { get; } = [];

    public bool IsDisposed { get; private set; }

    public static SpiDevice Create(SpiConnectionSettings settings)
    {
        Check(settings.BusId);
        var device = new SpiDevice(settings);
        Opened.GetOrAdd(settings.BusId, static _ => new()).Enqueue(device);
        return device;
    }

    public void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Check(ConnectionSettings.BusId);
        Transfers.Add(buffer.ToArray());
    }

    public void Dispose()
    {
        IsDisposed = true;
        GC.SuppressFinalize(this);
    }

    private static void Check(int bus)
    {
        if (Failures.TryGetValue(bus, out var failure)) throw new IOException(failure);
    }
}

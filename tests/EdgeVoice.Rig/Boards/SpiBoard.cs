using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Interop;

namespace EdgeVoice.Rig.Boards;

/// <summary>/dev/spidev0.0 on the test controller, which paces and records every transfer and fails on demand.</summary>
internal sealed class SpiBoard(Pi pi) : IDisposable
{
    public const string Device = "/dev/spidev0.0";
    private const string Debugfs = "/sys/kernel/debug/ev_spi";

    // SPI_IOC_WR_MAX_SPEED_HZ of linux/spi/spidev.h: _IOW('k', 4, 4 bytes).
    private const uint SetSpeed = 0x4004_6B04;
    private readonly int _before = Count();

    /// <summary>What was transferred since this was made; the controller remembers the last 512.</summary>
    public IReadOnlyList<SpiTransfer> Transfers
    {
        get
        {
            var lines = File.ReadAllLines($"{Debugfs}/log");
            return [.. lines.TakeLast(Count() - _before).Select(SpiTransfer.Parse)];
        }
    }

    /// <summary>The same, whole: up to 512 bytes of each instead of 64. Takes a second or two; the lights must be still.</summary>
    public Task<IReadOnlyList<SpiTransfer>> WholeTransfersAsync() => SpiRecord.ReadAsync(pi, Transfers, Count());

    /// <summary>How many there were since this was made; cheap to ask, where the log is work for the guest.</summary>
    public int Sent => Count() - _before;

    /// <summary>Writes as a driver of lights would: one write is one transfer. Throws <see cref="IOException"/> when it fails.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, int clockHz)
    {
        using var device = new FileStream(Device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var hz = (uint)clockHz;
        if (LibcNative.SetUInt32(device.SafeFileHandle, SetSpeed, ref hz) < 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{Device}: {clockHz} Hz");
        device.Write(bytes);
    }

    /// <summary>From now on every transfer fails with this errno; 0: none.</summary>
    public static void FailWith(int errno) => File.WriteAllText($"{Debugfs}/fail", errno.ToString(CultureInfo.InvariantCulture));

    public static SpiBoard Watch(Pi pi) => pi.Own(new SpiBoard(pi));

    public void Dispose() => FailWith(0);

    private static int Count() => int.Parse(File.ReadAllText($"{Debugfs}/count"), CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Runtime.InteropServices;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Spi;

/// <summary>A device of the kernel's spidev driver: mode 0, eight bits a word, one transfer a call.</summary>
/// <remarks>One thread. <see cref="Send"/> blocks until the last bit is out and allocates nothing unless it fails.</remarks>
internal sealed class SpiDevice : ISpiBus
{
    private const byte Mode0 = 0;
    private const int NotATerminal = 25; // ENOTTY: the file has no such call.
    private const int TooLong = 90; // EMSGSIZE
    private const string BufferFile = "/sys/module/spidev/parameters/bufsiz";
    private readonly string _path;
    private readonly int _clockHz;
    private readonly SafeFileHandle _file;

    private SpiDevice(string path, int clockHz, SafeFileHandle file) => (_path, _clockHz, _file) = (path, clockHz, file);

    /// <summary>Opens a path such as <c>/dev/spidev0.0</c> for transfers of so many bytes at a bit clock in hertz.</summary>
    /// <exception cref="IOException">It is missing, forbidden, no SPI device, or takes no transfer so long: what to do is said.</exception>
    public static SpiDevice Open(string path, int clockHz, int length, string bufferFile = BufferFile)
    {
        var device = new SpiDevice(path, clockHz, OpenFile(path));
        try
        {
            if (SpiNative.SetMode(device._file, Mode0) < 0) throw device.Failed("does not take mode 0");
            if (BufferBytes(bufferFile) is { } buffer && length > buffer) throw new IOException(TooLongText(path, length));
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        if (SpiNative.Send(_file, bytes, _clockHz) >= 0) return;
        throw Marshal.GetLastPInvokeError() == TooLong ? new IOException(TooLongText(_path, bytes.Length)) : Failed("the transfer failed");
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenFile(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"there is no {path}: switch SPI on (dtparam=spi=on in /boot/firmware/config.txt, then restart), or see edgevoice devices for others", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} may not be opened by this user: add the user to the group spi", e);
        }
    }

    private static int? BufferBytes(string file)
    {
        try
        {
            return int.TryParse(File.ReadAllText(file), NumberStyles.Integer, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // Another driver behind the same interface: it will say by itself what it does not take.
        }
    }

    // A transfer is never cut in two: the pause between would be a reset in the middle of the ring.
    private static string TooLongText(string path, int length) =>
        $"{path}: a picture of {length} bytes is longer than spidev's buffer: add spidev.bufsiz={length} or more to /boot/firmware/cmdline.txt and restart, or use fewer pixels";

    private IOException Failed(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        var name = $"{Errno.Name(-error)}: {Marshal.GetPInvokeErrorMessage(error)}";
        var remedy = error == NotATerminal ? "name an SPI device, see edgevoice devices" : "check the wiring and the device-tree overlays that use this bus";
        return new IOException($"{_path}: {what} ({name}): {remedy}");
    }
}

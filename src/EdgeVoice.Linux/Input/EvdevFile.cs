using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Input;

/// <summary>One input device, taken for this program alone.</summary>
/// <remarks>As <see cref="IButtonFile"/> says.</remarks>
internal sealed class EvdevFile : IButtonFile
{
    private const int EventsAtOnce = 32;
    private readonly SafeFileHandle _device;
    private readonly int? _key;
    private readonly EvdevDecoder _decoder;
    private readonly InputEvent[] _events = new InputEvent[EventsAtOnce];

    /// <summary>Takes over a device that was opened and grabbed.</summary>
    public EvdevFile(SafeFileHandle device, int? key)
    {
        (_device, _key) = (device, key);
        _decoder = new EvdevDecoder(key, TryReadDown);
        _decoder.TryBegin();
        // A read of nothing is answered at once: the call is compiled before the first press needs it.
        LibcNative.Read(device, ref MemoryMarshal.AsBytes(_events.AsSpan())[0], 0);
    }

    /// <inheritdoc />
    public int Descriptor => (int)_device.DangerousGetHandle();

    /// <inheritdoc />
    public string Problem { get; private set; } = "the device is gone";

    /// <inheritdoc />
    public bool TryLevel(out bool isDown)
    {
        var down = new KeySet();
        var read = TryReadDown(down);
        isDown = _key is { } key ? down.Has(key) : !down.IsEmpty;
        return read;
    }

    /// <inheritdoc />
    public bool TryRead(Action<ButtonEdge> onEdge)
    {
        var bytes = MemoryMarshal.AsBytes(_events.AsSpan());
        var read = LibcNative.Read(_device, ref bytes[0], (nuint)bytes.Length);
        if (read > 0) return _decoder.TryDecode(_events.AsSpan(0, (int)read / Unsafe.SizeOf<InputEvent>()), onEdge);
        var error = read < 0 ? -Marshal.GetLastPInvokeError() : Errno.NoDevice;
        Problem = Marshal.GetPInvokeErrorMessage(-error);
        return error is Errno.Again or Errno.Interrupted;
    }

    /// <inheritdoc />
    public void Dispose() => _device.Dispose();

    private bool TryReadDown(KeySet down)
    {
        try
        {
            return InputNative.TryReadKeysDown(_device, down.Bits);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}

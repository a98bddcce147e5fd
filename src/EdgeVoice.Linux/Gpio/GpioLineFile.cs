using System.Runtime.InteropServices;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Input;
using EdgeVoice.Linux.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Gpio;

/// <summary>One requested GPIO line.</summary>
/// <remarks>As <see cref="IButtonFile"/> says.</remarks>
internal sealed class GpioLineFile : IButtonFile
{
    private const int EventsAtOnce = 16;
    private readonly SafeFileHandle _line;
    private readonly GpioEdgeDecoder _decoder;
    private readonly TimeProvider _time;
    private readonly GpioLineEvent[] _events = new GpioLineEvent[EventsAtOnce];

    /// <summary>Takes over a line that was requested with both edges.</summary>
    public GpioLineFile(SafeFileHandle line, TimeProvider time)
    {
        (_line, _time) = (line, time);
        _decoder = new GpioEdgeDecoder(TryLevel(out var isDown) && isDown);
        // A read of nothing is refused at once: the call is compiled before the first press needs it.
        LibcNative.Read(line, ref MemoryMarshal.AsBytes(_events.AsSpan())[0], 0);
    }

    /// <inheritdoc />
    public int Descriptor => (int)_line.DangerousGetHandle();

    /// <inheritdoc />
    public string Problem { get; private set; } = "the chip is gone";

    /// <inheritdoc />
    public bool TryLevel(out bool isDown)
    {
        try
        {
            return GpioNative.TryReadLevel(_line, out isDown);
        }
        catch (ObjectDisposedException)
        {
            isDown = false;
            return false;
        }
    }

    /// <inheritdoc />
    public bool TryRead(Action<ButtonEdge> onEdge)
    {
        var bytes = MemoryMarshal.AsBytes(_events.AsSpan());
        var read = LibcNative.Read(_line, ref bytes[0], (nuint)bytes.Length);
        if (read < 0)
        {
            var error = -Marshal.GetLastPInvokeError();
            Problem = Marshal.GetPInvokeErrorMessage(-error);
            return error is Errno.Again or Errno.Interrupted;
        }

        if (!_decoder.Decode(_events.AsSpan(0, (int)read / GpioLineEvent.Bytes), onEdge)) return true;
        if (!TryLevel(out var isDown)) return false;
        _decoder.Correct(isDown, _time.NowNs(), onEdge);
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => _line.Dispose();
}

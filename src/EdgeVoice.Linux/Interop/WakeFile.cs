using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Linux.Interop;

/// <summary>An eventfd with which any thread ends another's poll.</summary>
/// <remarks><see cref="Set"/> is for any thread, also after disposal; the rest for the thread that polls. Nothing allocates.</remarks>
internal sealed class WakeFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private int _set;

    public WakeFile()
    {
        _file = LibcNative.EventFile(0, LibcNative.CloseOnExec | LibcNative.NonBlocking);
        if (_file.IsInvalid) throw new IOException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>The descriptor to poll for input; valid until disposal.</summary>
    public int Descriptor => (int)_file.DangerousGetHandle();

    /// <summary>Ends a running poll, or the next one.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _set, 1) != 0) return;
        try
        {
            ulong one = 1;
            LibcNative.Write(_file, ref one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // Whom it would have woken is gone.
        }
    }

    /// <summary>True once for one or more calls of <see cref="Set"/>.</summary>
    public bool TryTake()
    {
        if (Interlocked.Exchange(ref _set, 0) == 0) return false;
        Clear();
        return true;
    }

    /// <summary>Takes what made the descriptor readable.</summary>
    public void Clear() => LibcNative.Read(_file, out _, sizeof(ulong));

    public void Dispose() => _file.Dispose();
}

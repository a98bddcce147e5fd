using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Interop;

namespace EdgeVoice.Rig.Boards;

/// <summary>A keyboard of two keys out of the kernel's uinput. Disposing unplugs it.</summary>
internal sealed class FootSwitch : IDisposable
{
    public const string Name = "Rig foot switch";
    public const ushort Enter = 28;
    public const ushort B = 48;
    private const int EventBytes = 24;
    private readonly FileStream _file = new("/dev/uinput", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private FootSwitch()
    {
        Expect(UinputNative.Control(_file.SafeFileHandle, UinputNative.SetEventType, 1));
        foreach (var key in (ushort[])[Enter, B]) Expect(UinputNative.Control(_file.SafeFileHandle, UinputNative.SetKey, key));
        Span<byte> setup = stackalloc byte[92];
        setup.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(setup, 3);
        Encoding.ASCII.GetBytes(Name, setup[8..]);
        Expect(UinputNative.Control(_file.SafeFileHandle, UinputNative.Setup, ref setup[0]));
        Expect(UinputNative.Control(_file.SafeFileHandle, UinputNative.Create, 0));
    }

    public static FootSwitch Plug(Pi pi) => pi.Own(new FootSwitch());

    /// <summary>A key goes down (1), up (0) or is repeated (2).</summary>
    public void Key(ushort key, int value)
    {
        Span<byte> events = stackalloc byte[2 * EventBytes];
        events.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(events[16..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(events[18..], key);
        BinaryPrimitives.WriteInt32LittleEndian(events[20..], value);
        _file.Write(events);
    }

    public void Dispose() => _file.Dispose();

    private static void Expect(int result)
    {
        if (result < 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), "uinput");
    }
}

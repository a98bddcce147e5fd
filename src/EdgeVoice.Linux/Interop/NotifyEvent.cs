using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>struct inotify_event without the name that follows it, and the bits of its mask.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NotifyEvent
{
    /// <summary>IN_MODIFY, IN_ATTRIB, IN_CLOSE_WRITE, IN_DELETE_SELF and IN_MOVE_SELF: what happens to one file.</summary>
    public const uint OfFile = 0x2 | 0x4 | 0x8 | 0x400 | 0x800;

    /// <summary>IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE, IN_DELETE_SELF, IN_MOVE_SELF and IN_ONLYDIR: which names a directory has.</summary>
    public const uint OfDirectory = 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800 | 0x0100_0000;

    /// <summary>IN_MODIFY, IN_ATTRIB and IN_CLOSE_WRITE: the path still leads where it led.</summary>
    public const uint Content = 0x2 | 0x4 | 0x8;

    /// <summary>IN_IGNORED: the watch is gone, and why has been told before.</summary>
    public const uint Ignored = 0x8000;

    public int Watch;
    public uint Mask;
    public uint Cookie;
    public uint NameBytes;
}

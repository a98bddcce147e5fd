using System.Runtime.InteropServices;

namespace EdgeVoice.Core.Audio;

/// <summary>The positions of one <see cref="SpscRingBuffer{T}"/>; a type of its own because generic types cannot have a layout.</summary>
/// <remarks>
/// Each side writes only its own cache lines (128 bytes apart: x86 fetches lines in pairs) and keeps a private copy of the
/// other's position, re-read only when that copy says full or empty.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct SpscPositions
{
    [FieldOffset(128)] public long Write;
    [FieldOffset(136)] public long ReleasedSeen;
    [FieldOffset(256)] public long Released;
    [FieldOffset(264)] public long WriteSeen;
}

using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>A snd_mixer_t with all it is attached to.</summary>
internal sealed class MixerSafeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => AlsaNative.MixerClose(handle) == 0;
}

using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>A snd_pcm_t; closing it discards what has not been heard.</summary>
internal sealed class PcmSafeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => AlsaNative.PcmClose(handle) == 0;
}

using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Sees to it that libasound is there and keeps its words to itself.</summary>
internal static class AlsaLibrary
{
    /// <summary>Before its first use, and any time after.</summary>
    /// <exception cref="AudioDeviceException">It is missing.</exception>
    public static void Prepare()
    {
        try
        {
            AlsaNative.Silence();
        }
        catch (DllNotFoundException e)
        {
            throw new AudioDeviceException("libasound.so.2 is missing: apt-get install libasound2", e);
        }
    }
}

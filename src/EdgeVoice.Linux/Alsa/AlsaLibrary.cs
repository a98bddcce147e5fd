using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Sees to it that libasound is there, keeps its words to itself, and costs nothing extra when it is first called.</summary>
/// <remarks>Any thread.</remarks>
internal static class AlsaLibrary
{
    private static readonly Lock Gate = new();
    private static bool _isCompiled;

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

    /// <summary>As <see cref="Prepare"/>, for who is about to play or record: everything of it is compiled and linked, once.</summary>
    /// <exception cref="AudioDeviceException">It is missing.</exception>
    public static void PrepareStreams()
    {
        Prepare();
        lock (Gate)
        {
            if (_isCompiled) return;
            foreach (var type in typeof(AlsaLibrary).Assembly.GetTypes().Where(t => !t.IsNested && t.Namespace == typeof(AlsaLibrary).Namespace))
                MethodCompiler.Prepare(type);
            foreach (var type in (Type[])[typeof(AlsaNative), typeof(LibcNative), typeof(WakeFile), typeof(PcmSafeHandle)]) MethodCompiler.Prepare(type);
            _isCompiled = true;
        }
    }
}

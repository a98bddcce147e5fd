using System.Runtime.InteropServices;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Which sound devices there are, and what the words for them mean.</summary>
/// <remarks>Any thread; each call looks anew.</remarks>
public static class AlsaDevices
{
    // What libasound2-plugins installs and nobody speaks into.
    private static readonly string[] PlugIns = ["lavrate", "samplerate", "speexrate", "speex", "oss", "upmix", "vdownmix", "usbstream"];

    /// <summary>The devices of all cards, then the PCMs that ALSA's configuration names itself.</summary>
    /// <exception cref="AudioDeviceException">libasound is missing.</exception>
    public static IReadOnlyList<SoundDevice> List()
    {
        AlsaLibrary.Prepare();
        return [.. new SoundCards().Read(), .. Configured()];
    }

    /// <summary>
    /// The PCM name for a device string: <c>auto</c> (the only microphone or loudspeaker), <c>card:NAME</c>, <c>usb:VVVV:PPPP</c>
    /// (make and model), <c>usb:1-1.2</c> (port); everything else, <c>default</c> too, is a PCM name already.
    /// </summary>
    /// <exception cref="AudioDeviceException">No device is meant, or more than one; the message names those there are.</exception>
    public static string Resolve(string device, bool capture) => DeviceWords.Resolve(device, capture, new SoundCards().Read);

    private static List<SoundDevice> Configured()
    {
        List<SoundDevice> found = [];
        if (AlsaNative.DeviceHints(-1, "pcm", out var hints) < 0) return found;
        for (var at = hints; Marshal.ReadIntPtr(at) is var hint && hint != 0; at += nint.Size)
        {
            var name = Text(hint, "NAME");
            // A colon stands in what ALSA makes of every card by itself.
            if (name is null or "null" || Array.IndexOf(PlugIns, name) >= 0 || name.Contains(':', StringComparison.Ordinal)) continue;
            var direction = Text(hint, "IOID");
            found.Add(new SoundDevice(
                name, (Text(hint, "DESC") ?? "").ReplaceLineEndings(", "), direction != "Output", direction != "Input", null, 0, null, null, null));
        }

        _ = AlsaNative.FreeHints(hints);
        return found;
    }

    private static string? Text(nint hint, string id)
    {
        var text = AlsaNative.DeviceHint(hint, id);
        var value = Marshal.PtrToStringUTF8(text);
        AlsaNative.Free(text);
        return value;
    }
}

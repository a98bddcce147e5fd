using System.Text.RegularExpressions;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Linux.Alsa;

/// <summary>From the words of a configuration to the device that is meant, among those there are.</summary>
/// <remarks>Pure; any thread.</remarks>
internal static partial class DeviceWords
{
    /// <summary>As <see cref="AlsaDevices.Resolve"/>; the devices are asked for only when the words need them.</summary>
    public static string Resolve(string device, bool capture, Func<IReadOnlyList<SoundDevice>> list)
    {
        if (device == "auto") return Only(device, capture, OfDirection(list(), capture));
        if (device.StartsWith("card:", StringComparison.Ordinal))
            return First(device, capture, list(), one => one.Card == device["card:".Length..]);
        if (UsbModel().IsMatch(device) || UsbPort().IsMatch(device))
            return First(device, capture, list(), one => string.Equals(one.UsbId, device, StringComparison.OrdinalIgnoreCase) || one.UsbPort == device);
        return device;
    }

    /// <summary>"there are: ..." with a nearest word first where one is near.</summary>
    public static string Offer(string device, bool capture, IReadOnlyList<SoundDevice> all)
    {
        var there = OfDirection(all, capture);
        if (there.Count == 0) return $"there is no {Noun(capture)} at all: plug one in";
        // A device number is often left out: it does not make a name less like.
        var nearest = there.MinBy(one => NearestName.Distance(Bare(device), Bare(one.Words)))!;
        var near = NearestName.Distance(Bare(device), Bare(nearest.Words)) <= device.Length / 4;
        var hint = near ? $"did you mean {nearest.Words}? " : "";
        return $"{hint}there {(there.Count == 1 ? "is" : "are")} {string.Join(", ", there.Select(one => $"{one.Words} ({one.Label})"))}";
    }

    /// <summary>"capture device 'x'" or "playback device 'x'".</summary>
    public static string Name(string device, bool capture) => $"{(capture ? "capture" : "playback")} device '{device}'";

    private static string Bare(string words) => words.Split(',')[0];

    private static string Noun(bool capture) => capture ? "microphone" : "loudspeaker";

    private static List<SoundDevice> OfDirection(IReadOnlyList<SoundDevice> all, bool capture) =>
        [.. all.Where(one => capture ? one.IsCapture : one.IsPlayback)];

    // A screen's loudspeakers are meant only when there are no others.
    private static string Only(string device, bool capture, List<SoundDevice> there)
    {
        var plain = there.Where(one => !one.Label.Contains("hdmi", StringComparison.OrdinalIgnoreCase)).ToList();
        if (plain.Count > 0) there = plain;
        if (there.Count == 1) return there[0].Words;
        var many = there.Count == 0 ? "" : $"there are several {Noun(capture)}s, choose one: ";
        throw new AudioDeviceException($"{Name(device, capture)}: {many}{Offer(device, capture, there)}");
    }

    private static string First(string device, bool capture, IReadOnlyList<SoundDevice> all, Func<SoundDevice, bool> isMeant) =>
        OfDirection(all, capture).Find(one => isMeant(one))?.Words
        ?? throw new AudioDeviceException($"{Name(device, capture)} is not plugged in; {Offer(device, capture, all)}");

    [GeneratedRegex("^usb:[0-9a-fA-F]{4}:[0-9a-fA-F]{4}$")]
    private static partial Regex UsbModel();

    [GeneratedRegex(@"^usb:\d+-\d+(\.\d+)*$")]
    private static partial Regex UsbPort();
}

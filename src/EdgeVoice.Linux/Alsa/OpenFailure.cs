using System.Globalization;
using System.Text.RegularExpressions;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Says in one line why a device did not open, and what to do.</summary>
internal static partial class OpenFailure
{
    /// <summary>For a device as configured and its PCM name.</summary>
    public static AudioDeviceException Of(string device, string name, bool capture, AlsaException e)
    {
        var cards = new SoundCards();
        var why = e.Error switch
        {
            Errno.Busy => $"is busy: {Holder(name, capture, cards)}",
            Errno.NoEntry or Errno.NoDevice or Errno.NoAddress => $"is not there; {DeviceWords.Offer(device, capture, cards.Read())}",
            Errno.NoAccess => "may not be opened by this user: add the user to the group audio",
            Errno.Refused => "is a sound server that does not answer: start it, or name a card (edgevoice devices lists them)",
            Errno.Invalid => $"has no format EdgeVoice knows ({e.Message}): write plughw: for hw:, or choose another",
            _ => $"does not open ({e.Message}): plug it in again, or choose another (edgevoice devices lists them)",
        };
        return new AudioDeviceException($"{DeviceWords.Name(device, capture)} {why}", e);
    }

    /// <summary>Card and device number in a PCM name such as hw:CARD=Mic,DEV=0 or plughw:1,0, or null.</summary>
    public static (string Card, int Device)? Parse(string name)
    {
        var match = CardName().Match(name);
        if (!match.Success) return null;
        return (match.Groups[1].Value, match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0);
    }

    private static string Holder(string name, bool capture, SoundCards cards)
    {
        var direction = capture ? "c" : "p";
        var holders = Parse(name) is { } place && cards.NumberOf(place.Card) is { } card
            ? cards.HeldBy(card, place.Device, direction)
            : string.Join(", ", cards.Read().Select(one => one.HeldBy).OfType<string>().Distinct());
        return string.IsNullOrEmpty(holders) ? "another program holds it; stop that program" : $"{holders} holds it; stop that, or choose another device";
    }

    [GeneratedRegex(@"^[a-z]+:(?:CARD=)?([^,]+)(?:,(?:DEV=)?(\d+))?")]
    private static partial Regex CardName();
}

using System.Text.Json.Serialization;
using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Sound;

/// <summary>One end of a sound card as <c>devices</c> shows it.</summary>
/// <param name="Words">What to write into the configuration.</param>
/// <param name="OtherWords">Other words that mean it: by make, by port, by the card's name.</param>
/// <param name="Name">Its own name.</param>
/// <param name="Channels">Channel counts it offers.</param>
/// <param name="Rates">Rates it offers.</param>
/// <param name="HeldBy">Who has it open, or null.</param>
/// <param name="Stop">How sound is ended at once, <c>rewind</c> or <c>drop</c>; null for a microphone.</param>
/// <param name="Problem">Why it could not be opened, or null.</param>
internal sealed record SoundEnd(
    string Words,
    IReadOnlyList<string> OtherWords,
    string Name,
    IReadOnlyList<int> Channels,
    IReadOnlyList<int> Rates,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? HeldBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Stop,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem)
{
    /// <summary>From what is there and what it offers.</summary>
    public static SoundEnd Of(SoundDevice device, SoundOffer offer)
    {
        string?[] words = [device.UsbId, device.UsbPort, device.Card is null || device.Device != 0 ? null : $"card:{device.Card}"];
        return new SoundEnd(
            device.Words, [.. words.OfType<string>()], device.Label, offer.Channels, offer.Rates, device.HeldBy, offer.StopMethod, offer.Problem);
    }
}

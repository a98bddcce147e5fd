namespace EdgeVoice.Linux.Alsa;

/// <summary>One end of a sound card, or a PCM of ALSA's configuration.</summary>
/// <param name="Words">What to write into the configuration, such as <c>hw:CARD=Mic,DEV=0</c>.</param>
/// <param name="Label">The card's and the device's own names.</param>
/// <param name="IsCapture">It can be recorded from.</param>
/// <param name="IsPlayback">It can be played into.</param>
/// <param name="Card">The card's short name, or null for a PCM of the configuration.</param>
/// <param name="Device">Device number on the card.</param>
/// <param name="UsbId">Words for a card of this make in any port, <c>usb:VVVV:PPPP</c>, or null when it is no USB card.</param>
/// <param name="UsbPort">Words for whatever is in this port, <c>usb:1-1.2</c>, or null.</param>
/// <param name="HeldBy">The programs that have it open, such as <c>arecord (pid 812)</c>, or null when it is free.</param>
public sealed record SoundDevice(
    string Words, string Label, bool IsCapture, bool IsPlayback, string? Card, int Device, string? UsbId, string? UsbPort, string? HeldBy);

using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Input;

namespace EdgeVoice.Sound;

/// <summary>Everything that <c>devices</c> found.</summary>
/// <param name="Microphones">What can be recorded from.</param>
/// <param name="Loudspeakers">What can be played into.</param>
/// <param name="GpioChips">GPIO chips.</param>
/// <param name="InputDevices">Input devices with keys.</param>
/// <param name="SpiBuses">Paths of SPI devices.</param>
internal sealed record HardwareList(
    IReadOnlyList<SoundEnd> Microphones,
    IReadOnlyList<SoundEnd> Loudspeakers,
    IReadOnlyList<GpioChip> GpioChips,
    IReadOnlyList<InputDevice> InputDevices,
    IReadOnlyList<string> SpiBuses)
{
    /// <summary>True when there is nothing of any kind.</summary>
    public bool IsEmpty => Microphones.Count + Loudspeakers.Count + GpioChips.Count + InputDevices.Count + SpiBuses.Count == 0;
}

using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Linux.Gpio;

/// <summary>Which GPIO line, and how it is wired.</summary>
/// <param name="Chip">Name below <c>/dev</c> such as <c>gpiochip0</c>, or the chip's label such as <c>pinctrl-rp1</c>.</param>
/// <param name="Line">Number or name of the line.</param>
/// <param name="Pull">Which resistor holds it; the line is active low unless it is pulled down.</param>
public sealed record GpioLineSettings(string Chip, NumberOrName Line, ButtonPull Pull);

using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Iot.Gpio;

/// <summary>Which GPIO line, and how it is wired.</summary>
/// <param name="Number">Number of the line on the chip that the package takes for the board's own; no other chip can be asked for.</param>
/// <param name="Pull">Which resistor holds it; the line is active low unless it is pulled down.</param>
public sealed record IotLine(int Number, ButtonPull Pull);

namespace EdgeVoice.Core.Configuration;

/// <summary>A switch that stays where it is put; while it is on the microphone is closed, whatever else is asked for.</summary>
public sealed record MuteSwitchOptions
{
    /// <summary>GPIO chip, a name below <c>/dev</c> such as "gpiochip0" (default), or its label.</summary>
    public string Chip { get; init; } = "gpiochip0";

    /// <summary>Number (0 to 1,023) or name of the line; required.</summary>
    public NumberOrName? Line { get; init; }

    /// <summary>Which resistor holds the line while the switch is off; default up: on connects to ground.</summary>
    public ButtonPull Pull { get; init; } = ButtonPull.Up;
}

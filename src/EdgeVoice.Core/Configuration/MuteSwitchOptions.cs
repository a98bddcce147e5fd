namespace EdgeVoice.Core.Configuration;

/// <summary>A switch that stays where it is put; while it is on the microphone is closed, whatever else is asked for.</summary>
public sealed record MuteSwitchOptions
{
    /// <summary>GPIO chip, a name below <c>/dev</c> such as "gpiochip0" (default), or its label.</summary>
    [Option("GPIO chip, a name below /dev, or its label.")]
    public string Chip { get; init; } = "gpiochip0";

    /// <summary>Number (0 to 1,023) or name of the line; required.</summary>
    [Option("Number or name of the line; required.", Min = 0, Max = ButtonRules.MaxLine)]
    public NumberOrName? Line { get; init; }

    /// <summary>Which resistor holds the line while the switch is off; default up: on connects to ground.</summary>
    [Option("Which resistor holds the line while the switch is off; with up, on connects to ground.")]
    public ButtonPull Pull { get; init; } = ButtonPull.Up;
}

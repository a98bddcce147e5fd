using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Led;

/// <summary>What a person chose for the lights.</summary>
public sealed record LedStyle
{
    /// <summary>The lowest current cap that is obeyed, in milliamperes: below it nothing could be shown.</summary>
    public const int MinCurrentMa = 5;

    /// <summary>The shipped choice.</summary>
    public static readonly LedStyle Default = new();

    /// <summary>The person's colour as on a screen (gamma 2.2); default #18BBF2. It tints everything but red, amber and white.</summary>
    public Rgb Color { get; init; } = new(0x18, 0xBB, 0xF2);

    /// <summary>Brightness as the eye sees it, 0 to 1; default 0.66.</summary>
    public float Brightness { get; init; } = 0.66f;

    /// <summary>Highest brightness in the quiet hours, 0 to 1; null when there is no cap. The mute pixels never go dark.</summary>
    public float? NightCap { get; init; }

    /// <summary>Highest current of the whole ring in milliamperes; 0 for no limit, else <see cref="MinCurrentMa"/> at least; default 500.</summary>
    public int CurrentCapMa { get; init; } = 500;

    /// <summary>One pixel glows in idle; default false.</summary>
    public bool IdleGlow { get; init; }
}

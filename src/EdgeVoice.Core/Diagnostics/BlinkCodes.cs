namespace EdgeVoice.Core.Diagnostics;

/// <summary>How often the lights blink for a cause: its place in the list of spoken help.</summary>
public static class BlinkCodes
{
    /// <summary>Microphone missing.</summary>
    public const int NoMicrophone = 7;

    /// <summary>Loudspeaker missing.</summary>
    public const int NoLoudspeaker = 8;
}

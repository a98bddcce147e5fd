namespace EdgeVoice.Core.Diagnostics;

/// <summary>How often the lights blink for a cause: <see cref="Troubles.Blinks"/> of it.</summary>
public static class BlinkCodes
{
    /// <summary>Microphone missing.</summary>
    public const int NoMicrophone = (int)Trouble.NoMicrophone;

    /// <summary>Loudspeaker missing.</summary>
    public const int NoLoudspeaker = (int)Trouble.NoLoudspeaker;
}

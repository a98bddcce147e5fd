namespace EdgeVoice.Core.Configuration;

/// <summary>A gain in decibels, or the word "auto".</summary>
/// <param name="Db">The fixed gain; 0 where it is automatic.</param>
/// <param name="IsAutomatic">The device finds it by itself.</param>
public readonly record struct GainSetting(double Db, bool IsAutomatic = false)
{
    /// <summary>The word for an automatic gain.</summary>
    public const string AutomaticWord = "auto";

    /// <summary>Found by the device itself.</summary>
    public static readonly GainSetting Automatic = new(0, true);
}

namespace EdgeVoice.Core.Diagnostics;

/// <summary>The one table of troubles: lights, spoken help, status text, log and <c>doctor</c> all take theirs from here.</summary>
public static class Troubles
{
    /// <summary>Every trouble that has a name, in the order of their blinks.</summary>
    public static IReadOnlyList<Trouble> All { get; } = [.. Enum.GetValues<Trouble>().Where(t => t != Trouble.None)];

    /// <summary>How often the lights blink for it, 1 to 9; 0 for <see cref="Trouble.None"/>.</summary>
    public static int Blinks(Trouble trouble) => (int)trouble;

    /// <summary>Its name, as the file of its spoken help has it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is <see cref="Trouble.None"/>.</exception>
    public static string Name(Trouble trouble) => trouble switch
    {
        Trouble.NoNetwork => "no-network",
        Trouble.NoInternet => "no-internet",
        Trouble.WrongClock => "wrong-clock",
        Trouble.KeyRejected => "key-rejected",
        Trouble.QuotaUsedUp => "quota-used-up",
        Trouble.TooManyRequests => "too-many-requests",
        Trouble.NoMicrophone => "no-microphone",
        Trouble.NoLoudspeaker => "no-loudspeaker",
        Trouble.ConfigurationInvalid => "configuration-invalid",
        _ => throw new ArgumentOutOfRangeException(nameof(trouble), trouble, "has no name"),
    };

    /// <summary>What status texts and log lines put behind it: " (4 blinks)", or nothing for <see cref="Trouble.None"/>.</summary>
    public static string Label(Trouble trouble) => Blinks(trouble) switch
    {
        0 => "",
        1 => " (1 blink)",
        var blinks => $" ({blinks} blinks)",
    };

    /// <summary>True for what often passes by itself within seconds, so that it is told only when it lasts.</summary>
    public static bool MayPass(Trouble trouble) =>
        trouble is Trouble.NoNetwork or Trouble.NoInternet or Trouble.WrongClock or Trouble.TooManyRequests;
}

namespace EdgeVoice.Core.Diagnostics;

/// <summary>
/// What a person can do something about. The number is how often the lights blink for it, and is told by the status text, the log and
/// <c>doctor</c>; <see cref="Troubles"/> has the words.
/// </summary>
public enum Trouble
{
    /// <summary>Nothing, or nothing that a person could mend.</summary>
    None = 0,

    /// <summary>The device has no network.</summary>
    NoNetwork = 1,

    /// <summary>There is a network, and the server cannot be reached.</summary>
    NoInternet = 2,

    /// <summary>The clock is wrong: certificates seem to be too old or from the future.</summary>
    WrongClock = 3,

    /// <summary>The key is missing or was refused.</summary>
    KeyRejected = 4,

    /// <summary>The account has no credit left.</summary>
    QuotaUsedUp = 5,

    /// <summary>The server wants a pause.</summary>
    TooManyRequests = 6,

    /// <summary>The microphone is missing.</summary>
    NoMicrophone = 7,

    /// <summary>The loudspeaker is missing.</summary>
    NoLoudspeaker = 8,

    /// <summary>The configuration is invalid, or names what the server does not have.</summary>
    ConfigurationInvalid = 9,
}

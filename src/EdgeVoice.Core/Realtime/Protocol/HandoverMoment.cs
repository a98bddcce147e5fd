namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>How long the exchange of a session for another one may be put off: the later it is, the less is waited for.</summary>
public enum HandoverMoment
{
    /// <summary>Nobody has said or heard anything for a while.</summary>
    Quiet,

    /// <summary>Nobody's turn: the answer, if there was one, has been heard.</summary>
    AfterAnswer,

    /// <summary>At once, as if the connection had been cut.</summary>
    Now,
}

using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Realtime;

/// <summary>What the link to the server is doing.</summary>
public enum LinkStage
{
    /// <summary>An attempt has begun.</summary>
    Connecting,

    /// <summary>Connected and configured.</summary>
    Ready,

    /// <summary>The connection or the attempt failed; another follows.</summary>
    Lost,

    /// <summary>The server refused for a cause that trying again will not mend; it is tried rarely.</summary>
    Refused,

    /// <summary>Ready, and another session is being opened beside it, since the server is about to end this one.</summary>
    Rotating,

    /// <summary>No other session could be had yet: the one that was ready goes on.</summary>
    Kept,
}

/// <summary>A change of the link.</summary>
/// <param name="Stage">What it is doing now.</param>
/// <param name="Connection">The connection for <see cref="LinkStage.Ready"/>, else null.</param>
/// <param name="Cause">Why, in one line, for <see cref="LinkStage.Lost"/> and <see cref="LinkStage.Refused"/>.</param>
/// <param name="Trouble">What a person can do about it.</param>
/// <param name="Handover">For <see cref="LinkStage.Ready"/>: the connection takes the place of one that was ready, at such a moment; null: there was none.</param>
public sealed record LinkNews(
    LinkStage Stage, RealtimeConnection? Connection = null, string? Cause = null, Trouble Trouble = Trouble.None, HandoverMoment? Handover = null);

/// <summary>Hears of the link and of every server event but audio.</summary>
/// <remarks>Called on the session's loops, in order for each connection; must not block.</remarks>
public interface IRealtimeListener
{
    /// <summary>The link changed.</summary>
    void OnLink(LinkNews news);

    /// <summary>A server event arrived.</summary>
    void OnEvent(ServerEvent serverEvent);
}

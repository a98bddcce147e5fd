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
}

/// <summary>A change of the link.</summary>
/// <param name="Stage">What it is doing now.</param>
/// <param name="Connection">The connection for <see cref="LinkStage.Ready"/>, else null.</param>
/// <param name="Cause">Why, in one line, for <see cref="LinkStage.Lost"/> and <see cref="LinkStage.Refused"/>.</param>
/// <param name="Trouble">What a person can do about it.</param>
public sealed record LinkNews(
    LinkStage Stage, RealtimeConnection? Connection = null, string? Cause = null, Trouble Trouble = Trouble.None);

/// <summary>Hears of the link and of every server event but audio.</summary>
/// <remarks>Called on the session's loops, in order for each connection; must not block.</remarks>
public interface IRealtimeListener
{
    /// <summary>The link changed.</summary>
    void OnLink(LinkNews news);

    /// <summary>A server event arrived.</summary>
    void OnEvent(ServerEvent serverEvent);
}

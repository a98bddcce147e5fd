namespace EdgeVoice.Core.Control;

/// <summary>What a request has come to.</summary>
/// <param name="Reply">The line for the client.</param>
/// <param name="Watch">What happens from now on, for a client that asked to watch; whoever gets it disposes it. Null for all others.</param>
internal readonly record struct ControlAnswered(ControlReply Reply, ControlSubscription? Watch = null);

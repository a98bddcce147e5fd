using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Benchmarks.VirtualSoak;

/// <summary>What is known of a device from outside: counters and the last states, never a history.</summary>
/// <remarks>Written on the conversation's loop, read by the soak.</remarks>
internal sealed class SoakNews : IConversationObserver
{
    private static readonly string[] AboutOthers = ["ws://", "microphone", "loudspeaker"];
    private volatile DeviceState _state = new();
    private volatile string _lastLoss = "";
    private int _heard, _told, _readies, _cut;

    public DeviceState State => _state;

    /// <summary>Items heard to the end of what came of them.</summary>
    public int Heard => Volatile.Read(ref _heard);

    /// <summary>Sentences for people but those about the connection and the devices: what became of a turn.</summary>
    public int LossesTold => Volatile.Read(ref _told);

    /// <summary>The last of them.</summary>
    public string LastLoss => _lastLoss;

    /// <summary>Sessions that became ready.</summary>
    public int Readies => Volatile.Read(ref _readies);

    /// <summary>Items cut.</summary>
    public int Cut => Volatile.Read(ref _cut);

    public void OnNews(ConversationNews news)
    {
        switch (news)
        {
            case ConversationNews.StateChanged changed:
                if (changed.State.Link == LinkState.Ready && _state.Link != LinkState.Ready) Interlocked.Increment(ref _readies);
                _state = changed.State;
                break;
            case ConversationNews.ItemHeard:
                Interlocked.Increment(ref _heard);
                break;
            case ConversationNews.ItemCut:
                Interlocked.Increment(ref _cut);
                break;
            case ConversationNews.Told told when !AboutOthers.Any(about => told.Text.StartsWith(about, StringComparison.Ordinal)):
                _lastLoss = told.Text;
                Interlocked.Increment(ref _told);
                break;
        }
    }
}

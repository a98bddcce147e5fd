using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Benchmarks;

/// <summary>Takes the times that the device tells of itself.</summary>
/// <remarks>Told on the device's loops, asked by the person; the lists are read when all is over.</remarks>
internal sealed class DeviceStopwatch : IConversationObserver
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _sound = new();
    private int _turn;
    private long _pressedNs;

    /// <summary>Edge of each press to its first audio handed to the socket.</summary>
    public List<double> PressToAppendMs { get; } = new(512);

    /// <summary>First audio of each answer received to its first sample leaving the card.</summary>
    public List<double> DeltaToSoundMs { get; } = new(512);

    /// <summary>Edge of each press that interrupted to the card standing still.</summary>
    public List<double> PressToSilenceMs { get; } = new(512);

    /// <summary>As the report of the demo has it: order to stop to the end of it all.</summary>
    public List<double> OrderToSilenceMs { get; } = new(512);

    /// <summary>Completes when a session is ready.</summary>
    public Task ReadyAsync(TimeSpan patience) => _ready.Task.WaitAsync(patience);

    /// <summary>Completes when the next answer begins to sound.</summary>
    public Task NextSoundAsync()
    {
        lock (_gate) return (_sound = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <inheritdoc />
    public void OnNews(ConversationNews news)
    {
        lock (_gate) Take(news);
    }

    private void Take(ConversationNews news)
    {
        switch (news)
        {
            case ConversationNews.StateChanged { State.Link: LinkState.Ready }:
                _ready.TrySetResult();
                break;
            case ConversationNews.Milestone { Name: "turn.opened" } opened:
                (_turn, _pressedNs) = (opened.Turn, opened.TimeNs);
                break;
            case ConversationNews.Milestone { Name: "first.append" } append when append.Turn == _turn:
                PressToAppendMs.Add(Ms(append.TimeNs - _pressedNs));
                break;
            case ConversationNews.ItemSounded sounded:
                DeltaToSoundMs.Add(Ms(sounded.HeardNs - sounded.FirstReceivedNs));
                _sound.TrySetResult();
                break;
            case ConversationNews.Sounded { Mark: { Kind: PlayedMarkKind.Paused, Item: not null } mark }:
                PressToSilenceMs.Add(Ms(mark.TimeNs - _pressedNs));
                break;
            case ConversationNews.ItemCut cut:
                OrderToSilenceMs.Add(Ms(cut.StoppedNs - cut.OrderedNs));
                break;
        }
    }

    private static double Ms(long ns) => ns / 1e6;
}

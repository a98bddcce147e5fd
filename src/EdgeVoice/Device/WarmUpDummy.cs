using System.Buffers;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Device;

/// <summary>Everything around the turn with nobody in it: a socket that takes all, a loudspeaker and people who are not there.</summary>
/// <remarks>Used by <see cref="WarmUp"/> alone; called on the loops that it runs.</remarks>
internal sealed class WarmUpDummy(TimeProvider time) : IUplinkListener, IAnswerSound, ISessionOrders, IMicrophoneSwitch, IConversationObserver
{
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _epoch;

    public ConversationLoop? Conversation { get; set; }

    /// <summary>Completes with the first append of this round.</summary>
    public Task Appended => _appended.Task;

    /// <summary>Completes when this round's turn has been sent, or taken back.</summary>
    public Task Sent => _sent.Task;

    public void NextRound() =>
        (_appended, _sent) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

    public static ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8) => ValueTask.FromResult(utf8.Length > 0);

    public void SpeechHeard(int turn) => Conversation?.Post(new SpeechHeard(turn));

    public void SilenceHeard(int turn) => Conversation?.Post(new LocalSilence(turn, time.NowNs()));

    public void FirstAppend(int turn, long timeNs) => _appended.TrySetResult();

    public void TurnEnded(int turn, TurnOutcome outcome)
    {
        Conversation?.Post(new TurnSent(turn, outcome == TurnOutcome.Asked));
        _sent.TrySetResult();
    }

    public void AudioLost(int turn, long samples) => Conversation?.Post(new TurnAudioLost(turn, samples));

    public void Pause()
    {
    }

    public void Resume()
    {
    }

    public int Flush(IReadOnlyCollection<string> responses) => ++_epoch;

    public void Refuse(string response)
    {
    }

    public bool Post(ClientEvent clientEvent)
    {
        _buffer.ResetWrittenCount();
        // As the connection does it, which names every event.
        ClientEventWriter.Write(_buffer, clientEvent with { EventId = "e" });
        return true;
    }

    public void Close()
    {
    }

    public void Open()
    {
    }

    public void OnNews(ConversationNews news)
    {
    }
}

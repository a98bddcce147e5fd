using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Device;

/// <summary>Stages do not know the conversation: these few lines speak for them.</summary>
internal sealed class UplinkAdapter(AudioUplink uplink) : ITurnAudio
{
    public void Open(int turn, long fromNs, bool stream) => uplink.Open(turn, fromNs, stream);

    public void Close(int turn, long atNs) => uplink.Close(turn, atNs, respond: true, requireSpeech: true);

    public void Say(int turn, string text, bool respond) => uplink.Say(turn, text, respond);

    public void TextTaken(int turn) => uplink.TextTaken(turn);

    public void Abandon(int turn) => uplink.Abandon(turn);

    public void CommitTaken() => uplink.CommitTaken();

    public void Settle(int turn) => uplink.Settle(turn);

    public void SettleStream(int audioEndMs) => uplink.SettleStream(audioEndMs);
}

/// <summary>Sound: the receive loop's end is told first, so that nothing old is tagged with the new epoch.</summary>
internal sealed class SoundAdapter(AudioDownlink downlink, PlaybackControl playback, CaptureControl capture, Action marksFollow)
    : IAnswerSound
{
    // Whoever presses wants to be heard now: a half-duplex gate opens without its tail.
    public void Pause()
    {
        playback.Pause();
        capture.ReleaseGate();
        marksFollow();
    }

    public void Resume()
    {
        playback.Resume();
        marksFollow();
    }

    public int Flush(IReadOnlyCollection<string> responses)
    {
        downlink.Drop(playback.Epoch + 1, responses);
        var epoch = playback.Flush();
        marksFollow();
        return epoch;
    }

    public void Refuse(string response) => downlink.Drop(playback.Epoch, [response]);
}

/// <summary>
/// The microphone: closing it also forgets what it heard, at once here, and again when the thread has confirmed that it is closed
/// (<see cref="StageListener.OnMicrophone"/>): a block that was on its way is forgotten too.
/// </summary>
internal sealed class MicrophoneAdapter(CaptureControl capture, AudioUplink uplink) : IMicrophoneSwitch
{
    public void Close()
    {
        capture.Close();
        uplink.Forget();
    }

    public void Open() => capture.Open();
}

/// <summary>Orders to the session.</summary>
internal sealed class SessionAdapter(Func<RealtimeSession> session) : ISessionOrders
{
    public bool Post(ClientEvent clientEvent) => session().Post(clientEvent);
}

/// <summary>News from the stages become events of the conversation.</summary>
internal sealed class StageListener(Func<VoiceDevice> device, IConversationObserver observer, TimeProvider time)
    : IRealtimeListener, IUplinkListener
{
    public void OnMicrophone(CaptureStatus status)
    {
        var (conversation, now) = (device().Conversation, Core.Diagnostics.MonotonicClock.NowNs(time));
        if (status == CaptureStatus.Missing) conversation.Post(new MicrophoneLost(Why(device().CaptureControl.Problem), now));
        else if (status == CaptureStatus.Open) conversation.Post(new MicrophoneBack(now));
        else device().Uplink.Forget();
    }

    public void OnLoudspeaker(string? problem)
    {
        device().Conversation.Post(problem is null ? new LoudspeakerBack() : new LoudspeakerLost(Why(problem)));
        device().Marks.Wake();
    }

    private static string Why(string? problem) => Core.Diagnostics.OneLine.Of(problem);

    public void OnLink(LinkNews news)
    {
        var uplink = device().Uplink;
        if (news.Connection is { } connection) uplink.Attach(connection.SendAsync, news.Handover is HandoverMoment.Quiet or HandoverMoment.AfterAnswer);
        else if (news.Stage is LinkStage.Lost or LinkStage.Refused) uplink.Attach(null);
        var state = news.Stage switch
        {
            LinkStage.Connecting => LinkState.Connecting,
            LinkStage.Ready or LinkStage.Kept => LinkState.Ready,
            LinkStage.Rotating => LinkState.Rotating,
            LinkStage.Refused => LinkState.Stopped,
            _ => LinkState.Offline,
        };
        device().Conversation.Post(new LinkChanged(state, news.Cause, news.Trouble)
        {
            IsSuccessor = news.Handover is not null,
            IsKept = news.Stage == LinkStage.Kept,
        });
    }

    public void OnEvent(ServerEvent serverEvent) => device().Conversation.Post(new ServerSpoke(serverEvent));

    public void OnItemStarted(AudioItem item) => device().Conversation.Post(new ItemAudioStarted(item));

    public void SpeechHeard(int turn) => device().Conversation.Post(new SpeechHeard(turn));

    public void SilenceHeard(int turn) =>
        device().Conversation.Post(new LocalSilence(turn, Core.Diagnostics.MonotonicClock.NowNs(time)));

    public void FirstAppend(int turn, long timeNs) =>
        observer.OnNews(new ConversationNews.Milestone("first.append", turn, timeNs));

    public void TurnEnded(int turn, TurnOutcome outcome) => device().Conversation.Post(outcome switch
    {
        TurnOutcome.NothingHeard => new TurnTakenBack(turn, "nothing heard"),
        TurnOutcome.TooShort => new TurnTakenBack(turn, "too short"),
        TurnOutcome.TooMany => new TextRefused(turn, $"{UplinkOptions.KeptTexts} texts are waiting already"),
        _ => new TurnSent(turn, outcome == TurnOutcome.Asked),
    });

    public void AudioLost(int turn, long samples) => device().Conversation.Post(new TurnAudioLost(turn, samples));
}

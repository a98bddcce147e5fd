using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Device;

/// <summary>What the lights show: the four states, the button and the level, as a scene.</summary>
/// <remarks><see cref="Now"/> belongs to the lights' thread.</remarks>
internal sealed class SceneSource(
    Func<DeviceState> state, Func<float> level, Func<bool> isDown, LedOptions options, TimeProvider time)
{
    private readonly StyleSource _style = new(options, time);
    private bool _everReady;
    private bool _wasInterrupted;
    private long? _interruptedNs;
    private string? _microphoneProblem, _loudspeakerProblem;
    private long? _errorNs;
    private int _errorBlinks;

    public LedScene Now()
    {
        var now = state();
        _everReady |= now.Link == LinkState.Ready;
        var interrupted = now.Turn == TurnState.Interrupted;
        if (interrupted && !_wasInterrupted) _interruptedNs = time.NowNs();
        _wasInterrupted = interrupted;
        LookForTrouble(now);
        return new LedScene
        {
            ButtonHeld = isDown(),
            InterruptedSinceNs = _interruptedNs,
            ErrorSinceNs = _errorNs,
            ErrorBlinks = _errorBlinks,
            Turn = TurnLookOf(now.Turn),
            Link = LinkLookOf(now.Link),
            Muted = now.Mute == MuteState.Muted,
            Level = level(),
            Style = _style.Now(),
        };
    }

    // Once when it happens; a missing microphone again after each press, since there is nothing else to answer it with.
    private void LookForTrouble(DeviceState now)
    {
        if (now.LoudspeakerProblem is not null && _loudspeakerProblem is null) (_errorNs, _errorBlinks) = (time.NowNs(), BlinkCodes.NoLoudspeaker);
        if (now.MicrophoneProblem is not null && (_microphoneProblem is null || isDown()))
            (_errorNs, _errorBlinks) = (time.NowNs(), BlinkCodes.NoMicrophone);
        // What is mended needs no counting to the end.
        if (_microphoneProblem is not null && now.MicrophoneProblem is null) _errorNs = null;
        (_microphoneProblem, _loudspeakerProblem) = (now.MicrophoneProblem, now.LoudspeakerProblem);
    }

    private static TurnLook TurnLookOf(TurnState turn) => turn switch
    {
        TurnState.Armed => TurnLook.Woken,
        TurnState.Listening or TurnState.Interrupted => TurnLook.Listening,
        TurnState.Committing or TurnState.Thinking => TurnLook.Thinking,
        TurnState.Speaking => TurnLook.Speaking,
        _ => TurnLook.Idle,
    };

    private LinkLook LinkLookOf(LinkState link) => link switch
    {
        LinkState.Ready or LinkState.Rotating => LinkLook.Connected,
        LinkState.Connecting when !_everReady => LinkLook.Connecting,
        _ => LinkLook.NoConnection,
    };
}

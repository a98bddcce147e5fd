using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Button;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;

namespace EdgeVoice.Device;

/// <summary>What the lights show: the four states, the button and the level, as a scene.</summary>
/// <remarks><see cref="Now"/> belongs to the lights' thread, <see cref="OnCue"/> to the conversation's, <see cref="OnVolume"/> to any.</remarks>
internal sealed class SceneSource(
    Func<DeviceState> state, Func<float> level, Func<bool> isDown, LedOptions options, TimeProvider time)
{
    private volatile StyleSource _style = new(options, time);
    private bool _everReady;
    private bool _wasInterrupted;
    private long? _downNs;
    private long? _interruptedNs;
    private string? _loudspeakerProblem;
    private volatile Shown? _error;
    private volatile Shown? _mutedPress;
    private volatile Loudness? _volume;

    /// <summary>What is heard is seen, too: trouble by its number of blinks, a press while muted by a flash.</summary>
    public void OnCue(Cue cue)
    {
        if (cue.Sound == SoundName.Error) _error = new Shown(time.NowNs(), cue.Trouble);
        if (cue.Sound == SoundName.MuteOn) _mutedPress = new Shown(time.NowNs(), Trouble.None);
    }

    /// <summary>Colour, brightness and limits are others from now on. Any thread.</summary>
    public void SetStyle(LedOptions changed) => _style = new StyleSource(changed, time);

    /// <summary>The volume was changed, 0 to 100.</summary>
    public void OnVolume(int percent) => _volume = new Loudness(time.NowNs(), percent / 100f);

    public LedScene Now()
    {
        var volume = _volume;
        var now = state();
        _everReady |= now.IsConnected;
        var interrupted = now.Turn == TurnState.Interrupted;
        if (interrupted && !_wasInterrupted) _interruptedNs = time.NowNs();
        _wasInterrupted = interrupted;
        LookForTrouble(now);
        var error = _error;
        return new LedScene
        {
            ButtonHeld = IsPressNotYetKnown(),
            InterruptedSinceNs = _interruptedNs,
            ErrorSinceNs = error?.SinceNs,
            ErrorBlinks = Troubles.Blinks(error?.Cause ?? Trouble.None),
            MutedPressNs = _mutedPress?.SinceNs,
            VolumeFraction = volume?.Fraction ?? 0,
            VolumeChangedNs = volume?.SinceNs,
            Turn = TurnLookOf(now.Turn),
            Link = LinkLookOf(now.Link),
            Muted = now.Mute == MuteState.Muted,
            Level = level(),
            Style = _style.Now(),
        };
    }

    // Once a press is a hold, what it does is shown instead.
    private bool IsPressNotYetKnown()
    {
        if (!isDown()) _downNs = null;
        else _downNs ??= time.NowNs();
        return _downNs is { } since && time.NowNs() - since < ButtonTiming.TapMaxNs;
    }

    // Nobody could hear that there is no loudspeaker, so it is no cue.
    private void LookForTrouble(DeviceState now)
    {
        if (now.LoudspeakerProblem is not null && _loudspeakerProblem is null) _error = new Shown(time.NowNs(), Trouble.NoLoudspeaker);
        _loudspeakerProblem = now.LoudspeakerProblem;
        // What is mended needs no counting to the end.
        if (_error is { Cause: Trouble.NoMicrophone } && now.MicrophoneProblem is null) _error = null;
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

    private sealed record Loudness(long SinceNs, float Fraction);

    private sealed record Shown(long SinceNs, Trouble Cause);
}

using EdgeVoice.Core.Control;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Service;

/// <summary>What the control socket may do: the same button as a finger's, the same mute as three taps.</summary>
internal sealed class DeviceControl(VoiceDevice device, ScriptedButton button, string mode, Func<IReadOnlyList<string>> missing, TimeProvider time)
    : IControlTarget
{
    /// <inheritdoc />
    public void Press() => button.Press();

    /// <inheritdoc />
    public void Release() => button.Release();

    /// <inheritdoc />
    public void Tap() => button.Tap();

    /// <inheritdoc />
    public void Say(string text) => device.Conversation.Post(new TextSaid(text));

    /// <inheritdoc />
    public string? SetMuted(bool muted)
    {
        if (!muted && device.MuteSwitch is { IsOn: true }) return MuteMachine.BySwitch;
        device.Conversation.Post(new MuteWanted(muted, time.NowNs()));
        return null;
    }

    /// <inheritdoc />
    public ControlStatus Status()
    {
        var state = device.Conversation.State;
        return new ControlStatus(
            state.Link.ToString(), state.Conversation.ToString(), state.Turn.ToString(), state.Mute.ToString(), mode,
            device.Session.Reconnects, Counters(), StatusText.Of(state, missing()))
        {
            Audio = device.Figures.Of(device),
            Said = device.Words.User,
            Answer = device.Words.Assistant,
        };
    }

    private Dictionary<string, long> Counters() => new(StringComparer.Ordinal)
    {
        ["captureXruns"] = device.Capture.Xruns,
        ["captureDroppedFrames"] = device.Capture.DroppedFrames,
        ["playbackXruns"] = device.Playback.Counters.Xruns,
        ["playbackUnderruns"] = device.Playback.Counters.Underruns,
        ["playbackDroppedSamples"] = device.Downlink.DroppedSamples,
        ["microphoneLosses"] = device.Capture.Losses,
        ["loudspeakerLosses"] = device.Playback.Counters.Losses,
        ["unheardAnswers"] = device.Conversation.UnheardAnswers,
        ["clippedSamples"] = device.Capture.Meter.ClippedSamples,
        ["lateSamples"] = device.Downlink.LateSamples,
        ["badBase64"] = device.Downlink.BadBase64,
        ["unknownEvents"] = device.Protocol.UnknownEvents,
        ["malformedEvents"] = device.Protocol.Malformed,
        ["uplinkLostSamples"] = device.Uplink.LostSamples,
        ["droppedSounds"] = device.Sounds?.Dropped ?? 0,
        ["lostEvents"] = device.Conversation.LostEvents,
        ["turns"] = device.Conversation.State.TurnNumber,
    };
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Control;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Service;

/// <summary>What the control socket may do: the same button as a finger's, the same mute as three taps, the same volume as the model's tool.</summary>
/// <remarks>Any thread. What it tells of the configuration is asked anew each time.</remarks>
internal sealed class DeviceControl : IControlTarget
{
    private readonly VoiceDevice _device;
    private readonly ScriptedButton _button;
    private readonly string _mode;
    private readonly Func<IReadOnlyList<string>> _missing;
    private readonly ControlWatch _watch;
    private readonly TimeProvider _time;

    /// <summary><paramref name="missing"/>: what cannot be had now, one line each.</summary>
    public DeviceControl(
        VoiceDevice device, ScriptedButton button, string mode, Func<IReadOnlyList<string>> missing, ControlWatch watch, TimeProvider time)
    {
        (_device, _button, _mode, _missing, _watch, _time) = (device, button, mode, missing, watch, time);
        device.Volume.Changed += watch.VolumeChanged;
        watch.VolumeChanged(device.Volume.Percent);
    }

    /// <summary>Reads the configuration again and returns what came of it, one line; null (default): nobody watches a file.</summary>
    public Func<Task<string>>? Reload { get; init; }

    /// <summary>The configuration in force; null (default), or a null from it: it is not told.</summary>
    public Func<ControlConfiguration?>? Configuration { get; init; }

    /// <summary>The device's own name among others; null (default): it is not told.</summary>
    public string? DeviceId { get; init; }

    /// <inheritdoc />
    public ControlFeed Feed => _watch.Feed;

    /// <inheritdoc />
    public void Press() => _button.Press();

    /// <inheritdoc />
    public void Release() => _button.Release();

    /// <inheritdoc />
    public void Tap() => _button.Tap();

    /// <inheritdoc />
    public void DoubleTap() => _button.DoubleTap();

    /// <inheritdoc />
    public void Say(string text) => _device.Conversation.Post(new TextSaid(text));

    /// <inheritdoc />
    public string? SetMuted(bool muted)
    {
        if (!muted && _device.MuteSwitch is { IsOn: true }) return MuteMachine.BySwitch;
        _device.Conversation.Post(new MuteWanted(muted, _time.NowNs()));
        return null;
    }

    /// <inheritdoc />
    public void SetVolume(int percent) => _device.Volume.Set(percent);

    /// <inheritdoc />
    public ControlStatus Status()
    {
        var state = _device.Conversation.State;
        var configuration = Configuration?.Invoke();
        return new ControlStatus(
            state.Link.ToString(), state.Conversation.ToString(), state.Turn.ToString(), state.Mute.ToString(), _mode,
            _device.Session.Reconnects, Counters(), StatusText.Of(state, [.. _missing(), .. StatusText.Refused(configuration?.Problems ?? [])]))
        {
            Audio = _device.Figures.Of(_device),
            Said = _device.Words.User,
            Answer = _device.Words.Assistant,
            DeviceId = DeviceId,
            Volume = _device.Volume.Percent,
            Configuration = configuration,
        };
    }

    /// <inheritdoc />
    public ControlLevels Levels() => new(
        _device.CaptureControl.Status == CaptureStatus.Open ? Whole(_device.Uplink.LevelDb) : (int)LevelMeter.Floor,
        Whole(_device.Playback.Counters.LevelDb));

    /// <inheritdoc />
    public async Task<ControlReload> ReloadAsync()
    {
        if (Reload is null) return new ControlReload(false, "this device does not watch a configuration file");
        var text = await Reload().ConfigureAwait(false);
        return new ControlReload(Configuration?.Invoke()?.Problems is null or [], OneLine.Of(text));
    }

    private static int Whole(float db) => (int)MathF.Round(db);

    private Dictionary<string, long> Counters() => new(StringComparer.Ordinal)
    {
        ["captureXruns"] = _device.Capture.Xruns,
        ["captureDroppedFrames"] = _device.Capture.DroppedFrames,
        ["playbackXruns"] = _device.Playback.Counters.Xruns,
        ["playbackUnderruns"] = _device.Playback.Counters.Underruns,
        ["playbackDroppedSamples"] = _device.Downlink.DroppedSamples,
        ["microphoneLosses"] = _device.Capture.Losses,
        ["loudspeakerLosses"] = _device.Playback.Counters.Losses,
        ["unheardAnswers"] = _device.Conversation.UnheardAnswers,
        ["clippedSamples"] = _device.Capture.Meter.ClippedSamples,
        ["lateSamples"] = _device.Downlink.LateSamples,
        ["badBase64"] = _device.Downlink.BadBase64,
        ["unknownEvents"] = _device.Protocol.UnknownEvents,
        ["malformedEvents"] = _device.Protocol.Malformed,
        ["uplinkLostSamples"] = _device.Uplink.LostSamples,
        ["droppedSounds"] = _device.Sounds?.Dropped ?? 0,
        ["lostEvents"] = _device.Conversation.LostEvents,
        ["turns"] = _device.Conversation.State.TurnNumber,
    };
}

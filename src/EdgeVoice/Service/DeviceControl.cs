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
    private readonly Func<RunningDevice> _running;
    private readonly ScriptedButton _button;
    private readonly Func<IReadOnlyList<string>> _missing;
    private readonly ControlWatch _watch;
    private readonly TimeProvider _time;

    /// <summary>
    /// <paramref name="running"/>: the device now, for another one may take its place; <paramref name="missing"/>: what cannot be had now,
    /// one line each.
    /// </summary>
    public DeviceControl(
        Func<RunningDevice> running, ScriptedButton button, Func<IReadOnlyList<string>> missing, ControlWatch watch, TimeProvider time) =>
        (_running, _button, _missing, _watch, _time) = (running, button, missing, watch, time);

    /// <summary>Reads the configuration again and returns what came of it, one line; null (default): nobody watches a file.</summary>
    public Func<Task<string>>? Reload { get; init; }

    /// <summary>The configuration in force; null (default), or a null from it: it is not told.</summary>
    public Func<ControlConfiguration?>? Configuration { get; init; }

    /// <summary>What keeps the configuration, for its counters; null (default): nothing does.</summary>
    public ConfigurationStore? Store { get; init; }

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
    public void Say(string text) => _running().Device.Conversation.Post(new TextSaid(text));

    /// <inheritdoc />
    public string? SetMuted(bool muted)
    {
        if (!muted && _running().Device.MuteSwitch is { IsOn: true }) return MuteMachine.BySwitch;
        _running().Device.Conversation.Post(new MuteWanted(muted, _time.NowNs()));
        return null;
    }

    /// <inheritdoc />
    public void SetVolume(int percent) => _running().Device.Volume.Set(percent);

    /// <inheritdoc />
    public ControlStatus Status()
    {
        var device = _running().Device;
        var state = device.Conversation.State;
        var configuration = Configuration?.Invoke();
        return new ControlStatus(
            state.Link.ToString(), state.Conversation.ToString(), state.Turn.ToString(), state.Mute.ToString(), _running().Mode,
            device.Session.Reconnects, Counters(device), StatusText.Of(state, [.. _missing(), .. StatusText.Refused(configuration?.Problems ?? [])]))
        {
            Audio = device.Figures.Of(device),
            Said = device.Words.User,
            Answer = device.Words.Assistant,
            DeviceId = DeviceId,
            Volume = device.Volume.Percent,
            Configuration = configuration,
        };
    }

    /// <inheritdoc />
    public ControlLevels Levels()
    {
        var device = _running().Device;
        return new ControlLevels(
            device.CaptureControl.Status == CaptureStatus.Open ? Whole(device.Uplink.LevelDb) : (int)LevelMeter.Floor,
            Whole(device.Playback.Counters.LevelDb));
    }

    /// <inheritdoc />
    public async Task<ControlReload> ReloadAsync()
    {
        if (Reload is null) return new ControlReload(false, "this device does not watch a configuration file");
        var text = await Reload().ConfigureAwait(false);
        return new ControlReload(Configuration?.Invoke()?.Problems is null or [], OneLine.Of(text));
    }

    private static int Whole(float db) => (int)MathF.Round(db);

    private Dictionary<string, long> Counters(VoiceDevice device) => new(StringComparer.Ordinal)
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
        ["configurationsTaken"] = Store?.Taken ?? 0,
        ["configurationsRefused"] = Store?.Refused ?? 0,
        ["configurationsRolledBack"] = Store?.RolledBack ?? 0,
    };
}

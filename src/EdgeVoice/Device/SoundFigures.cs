using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Playback;

namespace EdgeVoice.Device;

/// <summary>Collects what is worth knowing about the sound path, and passes the news on.</summary>
/// <remarks>Written on the conversation's loop and, first appends, on the uplink's; read by any thread.</remarks>
internal sealed class SoundFigures(IConversationObserver next) : IConversationObserver
{
    private readonly LatencyFigure _pressToSilence = new(), _pressToFirstAppend = new();
    private readonly Lock _presses = new();
    private string? _response;
    private (int Turn, long Ns) _opened, _paused;
    private long _socketToCardNs, _worstNs;

    public void OnNews(ConversationNews news)
    {
        // Only an answer's first item: those after it wait for it.
        if (news is ConversationNews.ItemSounded { FirstReceivedNs: > 0 } sounded && sounded.ResponseId != _response)
        {
            _response = sounded.ResponseId;
            var latency = sounded.HeardNs - sounded.FirstReceivedNs;
            Volatile.Write(ref _socketToCardNs, latency);
            Volatile.Write(ref _worstNs, Math.Max(_worstNs, latency));
        }

        if (news is ConversationNews.Milestone milestone) OnMilestone(milestone);
        next.OnNews(news);
    }

    // A press orders silence, then opens its turn, whose time is that of the edge; the first append follows.
    private void OnMilestone(ConversationNews.Milestone milestone)
    {
        lock (_presses)
        {
            switch (milestone.Name)
            {
                case "sound.paused":
                    _paused = (milestone.Turn, milestone.TimeNs);
                    break;
                case "turn.opened":
                    _opened = (milestone.Turn, milestone.TimeNs);
                    if (_paused.Turn == milestone.Turn) _pressToSilence.Add(_paused.Ns - milestone.TimeNs);
                    break;
                case "first.append" when milestone.Turn == _opened.Turn:
                    _pressToFirstAppend.Add(milestone.TimeNs - _opened.Ns);
                    break;
            }
        }
    }

    /// <summary>The figures of a device now.</summary>
    public AudioDiagnostics Of(VoiceDevice device)
    {
        var (capture, playback, counters) = (device.Capture, device.Playback, device.Playback.Counters);
        var (captureClock, playbackClock) = (Ppm(capture.Drift.Ppm), Ppm(playback.Drift.Ppm));
        return new AudioDiagnostics
        {
            Microphone = Microphone(device.CaptureControl),
            Loudspeaker = Loudspeaker(device.PlaybackControl),
            CaptureXruns = capture.Xruns,
            StopMethod = counters.StopMethod,
            PlaybackXruns = counters.Xruns,
            MicrophoneLosses = capture.Losses,
            LoudspeakerLosses = counters.Losses,
            DroppedCaptureFrames = capture.DroppedFrames,
            DroppedPlaybackSamples = device.Downlink.DroppedSamples,
            UnheardAnswers = device.Conversation.UnheardAnswers,
            CaptureDeepestMs = Ms(capture.DeepestMs),
            CaptureShallowestMs = capture.ShallowestMs is { } least ? Ms(least) : null,
            CaptureLateMs = Ms(capture.MaxWakeLatenessNs / 1e6),
            PlaybackDeepestMs = counters.DeepestMs,
            PlaybackShallowestMs = counters.ShallowestMs,
            PlaybackLateMs = Ms(counters.WakeLatenessMaxNs / 1e6),
            SocketToCardMs = Known(Volatile.Read(ref _socketToCardNs) / 1e6),
            WorstSocketToCardMs = Known(Volatile.Read(ref _worstNs) / 1e6),
            CardToSocketMs = Known(device.Uplink.CardToSocketMs),
            WorstCardToSocketMs = Known(device.Uplink.WorstCardToSocketMs),
            CaptureClockPpm = captureClock,
            PlaybackClockPpm = playbackClock,
            DriftPpm = captureClock - playbackClock,
            ClippedSamples = capture.Meter.ClippedSamples,
            SilentSeconds = Math.Round(capture.SilentSeconds, 1),
            PressToSilence = _pressToSilence.Read(),
            PressToFirstAppend = _pressToFirstAppend.Read(),
            AllocatedBytes = capture.AllocatedBytes + counters.AllocatedBytes,
        };
    }

    /// <summary>The microphone in words.</summary>
    public static string Microphone(CaptureControl control) => control.Status switch
    {
        CaptureStatus.Open => "open",
        CaptureStatus.Missing => $"missing: {OneLine.Of(control.Problem)}",
        _ => control.IsClosedByOrder ? "muted" : "starting",
    };

    /// <summary>The loudspeaker in words.</summary>
    public static string Loudspeaker(PlaybackControl control) => control.Status.State switch
    {
        PlaybackDeviceState.Running => "playing",
        PlaybackDeviceState.Missing => $"missing: {OneLine.Of(control.Problem)}",
        _ => "ready",
    };

    private static double Ms(double ms) => Math.Round(ms, 3);

    private static double? Known(double ms) => ms > 0 ? Ms(ms) : null;

    private static double? Ppm(double ppm) => double.IsFinite(ppm) ? Math.Round(ppm, 1) : null;
}

using EdgeVoice.Core.Button;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Led;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Uplink;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Device;

/// <summary>A wired device: its stages, and their start and end in the order of the path.</summary>
/// <remarks>One owner starts it once and stops it once.</remarks>
internal sealed partial class VoiceDevice : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(1_500);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private NetworkWatch? _network;
    private readonly ILogger _log = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public required CaptureLoop Capture { get; init; }
    public required CaptureControl CaptureControl { get; init; }
    public required AudioUplink Uplink { get; init; }
    public required AudioDownlink Downlink { get; init; }
    public required PlaybackLoop Playback { get; init; }
    public required PlaybackControl PlaybackControl { get; init; }
    public required RealtimeSession Session { get; init; }
    public required ProtocolCounters Protocol { get; init; }
    public required ConversationLoop Conversation { get; init; }
    public required PlayedMarkPump Marks { get; init; }
    public required ButtonLoop Button { get; init; }
    public required GestureActions Actions { get; set; }
    public required Func<IButtonPin?, MuteSwitch?> MakeMuteSwitch { get; init; }
    public required MuteSwitch? MuteSwitch { get; set; }
    public required Func<IPixelRing?, LedLoop?> MakeLights { get; init; }
    public required LedLoop? Lights { get; set; }
    public required SceneSource Scenes { get; init; }
    public required SoundFigures Figures { get; init; }
    public required LastWords Words { get; init; }
    public required LiveVolume Volume { get; init; }
    public SoundsObserver? Sounds { get; init; }
    public required MemoryWriter? Memory { get; init; }
    public required UplinkOptions UplinkOptions { get; init; }
    public required TimeProvider Time { get; init; }
    public required ILogger Log { init => _log = value; }

    /// <summary>Runs every audio path once on dummy data, then starts threads and loops.</summary>
    public async Task StartAsync()
    {
        Capture.WarmUp();
        Playback.WarmUp();
        await Task.WhenAll(Task.Run(PathMethods.Prepare), WarmUp.RunAsync(UplinkOptions, Time)).ConfigureAwait(false);
        Lights?.Start();
        Playback.Start();
        // Before the microphone: one that is switched off is not opened, not for a moment.
        if (MuteSwitch is { IsOn: true })
        {
            CaptureControl.Close();
            Conversation.Post(new MuteSwitched(true, Time.NowNs()));
        }

        Capture.Start();
        _running = Task.WhenAll(
            Guard("conversation", Conversation.RunAsync(_stop.Token)),
            Guard("played marks", Marks.RunAsync(_stop.Token)),
            Guard("uplink", Uplink.RunAsync(_stop.Token)),
            Guard("session", Session.RunAsync(_stop.Token)),
            Guard("memory", Memory?.RunAsync(_stop.Token) ?? Task.CompletedTask));
        _network = new NetworkWatch(Session.TryNow, _log);
        MuteSwitch?.Start();
        Button.Start();
        Conversation.Post(new DeviceStarted(Time.NowNs()));
    }

    /// <summary>A sound device may have been plugged in: whoever waits for one tries now. Any thread.</summary>
    public void Retry()
    {
        Capture.Retry();
        Playback.Retry();
    }

    /// <summary>The volume was changed: the lights show it. Any thread.</summary>
    public void ShowVolume(int percent)
    {
        Scenes.OnVolume(percent);
        Lights?.Changed();
    }

    /// <summary>Ends everything within two seconds: sound first, then the microphone, the socket, the lights.</summary>
    public async ValueTask DisposeAsync()
    {
        _network?.Dispose();
        Button.Dispose();
        MuteSwitch?.Dispose();
        Playback.Stop();
        Capture.Stop();
        await _stop.CancelAsync().ConfigureAwait(false);
        var lights = Lights?.StopAsync() ?? Task.FromResult(true);
        try
        {
            await Task.WhenAll(_running, lights).WaitAsync(StopTimeout, Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogSlowStop(StopTimeout.TotalMilliseconds);
        }

        Uplink.Dispose();
        _stop.Dispose();
    }

    // A loop that ends by an exception is a bug; it must be seen, not swallowed.
    private async Task Guard(string name, Task loop)
    {
        try
        {
            await loop.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogLoopFailed(e, name);
            throw;
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Critical, Message = "The {name} loop ended by an error")]
    private partial void LogLoopFailed(Exception error, string name);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "Something did not end within {ms} ms; leaving it behind")]
    private partial void LogSlowStop(double ms);
}

using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Device;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>Runs a device under changing options: what can be exchanged in it is, for the rest another one is put in its place between two turns.</summary>
/// <remarks><see cref="Running"/> by any thread; changes are made one after the other. Disposed after whoever applies changes has ended.</remarks>
internal sealed partial class DeviceHost(LiveOptions live, DeviceSurroundings around, CancellationToken stop) : IAsyncDisposable
{
    // Whoever has just spoken may go on: so long a better moment is waited for before the device is put together anew.
    private static readonly TimeSpan QuietWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private readonly ILogger _log = around.Log;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly EdgeVoiceOptions _atStart = live.Now;
    private readonly Lock _gate = new();
    private volatile RunningDevice? _running;
    private volatile string? _credentialProblem;
    private Task _background = Task.CompletedTask;

    /// <summary>The device now; between two of them the one before, which takes orders and does nothing any more.</summary>
    public RunningDevice Running => _running ?? throw new InvalidOperationException("The device has not been started.");

    /// <summary>Options that are configured and take a restart of the service to be in force.</summary>
    public IReadOnlyList<string> Pending =>
        [.. ConfigurationDiff.Between(_atStart, live.Now).Where(change => change.Effect == OptionEffect.Service).Select(change => change.Path)];

    /// <summary>True while a change is being made, most often because it waits until nobody speaks.</summary>
    public bool IsChanging => _changing.CurrentCount == 0;

    /// <summary>Why a changed credential is not in use, in one line; null while nothing is wrong with it.</summary>
    public string? CredentialProblem => _credentialProblem;

    /// <summary>Starts the first device.</summary>
    public async Task StartAsync() => await BeginAsync([], isMuted: false, volume: null).ConfigureAwait(false);

    /// <summary>Brings these options into force. Null once they are; otherwise why not, in one line, and those before are again.</summary>
    public async Task<string?> ApplyAsync(EdgeVoiceOptions next)
    {
        await _changing.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var before = live.Now;
            var changes = ConfigurationDiff.Between(before, next);
            var effects = DeviceChanges.Effects(changes, before, next);
            var refusal = effects.Contains(OptionEffect.Device)
                ? await RebuildAsync(before, next).ConfigureAwait(false)
                : await Changes().ApplyAsync(effects, next).ConfigureAwait(false);
            foreach (var path in refusal is null ? Pending : []) LogPending(path);
            return refusal;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>A credential has been changed: the session in use is exchanged for one with it, where the server takes it.</summary>
    public async Task RenewAsync()
    {
        await _changing.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            await Running.Device.RestAsync(Rest.Silent, TimeSpan.Zero, stop).ConfigureAwait(false);
            var refusal = await Running.Device.Session.RenewAsync(stop).ConfigureAwait(false);
            if (refusal is not null) LogNotRenewed(refusal);
            _credentialProblem = refusal is null ? null : $"the changed credential is not taken: {refusal}";
            Running.TellStatus();
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>As <see cref="RenewAsync"/>, in the background.</summary>
    public void RenewSoon() => InBackground(RenewAsync);

    /// <summary>Shows and says it as soon as nobody speaks, in the background.</summary>
    public void TellSoon(Trouble trouble) => InBackground(() => Running.Device.TellAsync(trouble, stop));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _background.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_running is { } running) await running.DisposeAsync().ConfigureAwait(false);
        _changing.Dispose();
    }

    // What is asked of it in the background ends before the device does.
    private void InBackground(Func<Task> work)
    {
        lock (_gate)
        {
            var begun = Task.Run(() => GuardAsync(work), stop);
            _background = _background.IsCompleted ? begun : Task.WhenAll(_background, begun);
        }
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    private DeviceChanges Changes() => new(Running.Device, Running.Ports, live, around.Time, stop);

    private async Task<string?> RebuildAsync(EdgeVoiceOptions before, EdgeVoiceOptions next)
    {
        if (await MeetServerAsync(before, next).ConfigureAwait(false) is { } unmet) return unmet;
        var isLost = !await RestAsync().ConfigureAwait(false);
        var hadMicrophone = Running.Device.CaptureControl.Problem is null;
        var hadLoudspeaker = Running.Device.PlaybackControl.Problem is null;
        var hadButtons = Running.Ports.Buttons?.Missing.Any() == false;
        var hadLights = Running.Device.Lights is { FramesSent: > 0 };
        var refusal = await ExchangeAsync(next).ConfigureAwait(false)
            ?? await MissesAsync(hadMicrophone, hadLoudspeaker, hadButtons, hadLights).ConfigureAwait(false);
        if (refusal is not null) await ExchangeAsync(before).ConfigureAwait(false);
        if (!isLost) return refusal;
        LogLost();
        Running.Device.Conversation.Post(new TroubleFound(Trouble.None));
        return refusal;
    }

    // What was said and waits for a connection would be lost with the device: it is waited for, but not for ever, since the next
    // edit may be the one that mends the connection. False: it is lost.
    private async Task<bool> RestAsync()
    {
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, around.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        var device = Running.Device;
        if (!device.Conversation.State.IsConnected) limit.CancelAfter(KeptWithin);
        try
        {
            await device.RestAsync(Rest.BetweenTurns, QuietWithin, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            await device.RestAsync(Rest.Silent, TimeSpan.Zero, stop).ConfigureAwait(false);
            return false;
        }
    }

    // Another server is met by the old device: one that refuses is known before that is taken apart. Where there is no session, the new
    // address may be what mends it, and what waits for one is sent before the device is exchanged.
    private async Task<string?> MeetServerAsync(EdgeVoiceOptions before, EdgeVoiceOptions next)
    {
        var met = before with
        {
            Realtime = before.Realtime with { Url = next.Realtime.Url, Model = next.Realtime.Model, Credential = next.Realtime.Credential, CaFile = next.Realtime.CaFile },
        };
        if (met == before) return null;
        if (Running.Device.Conversation.State.IsConnected) return await Changes().ApplyAsync(new HashSet<OptionEffect> { OptionEffect.Session }, met).ConfigureAwait(false);
        live.Now = met;
        Running.Device.Session.TryNow();
        return null;
    }

    // The device and all it holds go first: no two can have the same card, line or ring.
    private async Task<string?> ExchangeAsync(EdgeVoiceOptions options)
    {
        var old = Running.Device;
        // What people did stays: a microphone that they closed, and their volume where the file has no new one.
        var isMuted = old.Conversation.State.Mute == MuteState.Muted;
        int? volume = live.Now.Audio.Playback.Volume == options.Audio.Playback.Volume ? old.Volume.Percent : null;
        await Running.DisposeAsync().ConfigureAwait(false);
        var past = old.Conversation.Told;
        live.Now = options;
        LogExchanged();
        try
        {
            await BeginAsync(past, isMuted, volume).ConfigureAwait(false);
            Running.TellStatus();
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever a part of the new device threw, the old one is put together again.
            return OneLine.Of(e.Message);
        }
    }

    private async Task BeginAsync(IReadOnlyList<Remembered> past, bool isMuted, int? volume)
    {
        var running = await RunningDevice.StartAsync(live, around, past, isMuted, volume).ConfigureAwait(false);
        _running = running;
        foreach (var problem in running.Problems) LogMissing(problem);
    }

    // What was there and is not with the new options: they are wrong.
    private async Task<string?> MissesAsync(bool hadMicrophone, bool hadLoudspeaker, bool hadButtons, bool hadLights)
    {
        var device = Running.Device;
        bool LacksButtons() => hadButtons && Running.Ports.Buttons?.Missing.Any() == true;
        bool LacksLights() => hadLights && device.Lights is { FramesSent: 0 };
        for (var began = around.Time.GetTimestamp(); around.Time.GetElapsedTime(began) < OpenTimeout; await Task.Delay(LookInterval, around.Time, stop).ConfigureAwait(false))
        {
            if (hadMicrophone && device.CaptureControl.Problem is { } microphone) return $"microphone: {microphone}";
            if (hadLoudspeaker && device.PlaybackControl.Problem is { } loudspeaker) return $"loudspeaker: {loudspeaker}";
            if ((device.CaptureControl.Status == CaptureStatus.Open || device.CaptureControl.IsClosedByOrder) && device.PlaybackControl.Status.Rate > 0
                && !LacksButtons() && !LacksLights()) return null;
        }

        return LacksButtons() ? $"button: {Running.Ports.Buttons!.Missing.First()}" : LacksLights() ? $"led: {live.Now.Led.Device} takes no picture" : null;
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "{what}")]
    private partial void LogMissing(string what);

    [LoggerMessage(EventId = 1203, Level = LogLevel.Information, Message = "The device is put together anew for other options")]
    private partial void LogExchanged();

    [LoggerMessage(EventId = 1204, Level = LogLevel.Warning, Message = "{path} takes a restart of the service to be in force")]
    private partial void LogPending(string path);

    [LoggerMessage(EventId = 1208, Level = LogLevel.Warning, Message = "What was said and waited for a connection is lost: the device was put together anew")]
    private partial void LogLost();

    [LoggerMessage(EventId = 1207, Level = LogLevel.Error, Message = "What was asked of the device in the background failed")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(EventId = 1205, Level = LogLevel.Warning, Message = "A credential was changed, and the server does not take it: {why}; the session in use goes on")]
    private partial void LogNotRenewed(string why);
}

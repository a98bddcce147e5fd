using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Service;

/// <summary>Brings other options into force in a device that runs on: each change by what it takes, and all of them back where one fails.</summary>
/// <remarks>One caller at a time.</remarks>
internal sealed class DeviceChanges(VoiceDevice device, ConfiguredPorts ports, LiveOptions live, TimeProvider time, CancellationToken stop)
{
    // A card opens within a second or not at all; a line that the old configuration held is free again within half of one.
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ButtonTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    // In this order they are tried: what fails most seldom first, so that little has to be taken back.
    private static readonly OptionEffect[] Order =
        [OptionEffect.Button, OptionEffect.Lights, OptionEffect.Capture, OptionEffect.Playback, OptionEffect.NextTurn, OptionEffect.Session];

    /// <summary>
    /// What <paramref name="changes"/> take, where some take more than they say: a microphone that begins or ceases to hear the loudspeaker,
    /// and lights that move to or from a terminal, are another device.
    /// </summary>
    public static IReadOnlySet<OptionEffect> Effects(IEnumerable<ConfigurationChange> changes, EdgeVoiceOptions before, EdgeVoiceOptions next)
    {
        var effects = changes.Select(change => change.Effect).ToHashSet();
        var isAnother = IsVirtual(before.Audio.Capture.Device) != IsVirtual(next.Audio.Capture.Device)
            || IsVirtual(before.Audio.Playback.Device) != IsVirtual(next.Audio.Playback.Device)
            || (before.Led.Device == "terminal") != (next.Led.Device == "terminal")
            || (next.Led.Device == "terminal" && before.Led.Pixels != next.Led.Pixels);
        if (isAnother) effects.Add(OptionEffect.Device);
        return effects;
    }

    /// <summary>Null once all of it is in force; otherwise why it is not, in one line, and what was in force before is again.</summary>
    public async Task<string?> ApplyAsync(IReadOnlySet<OptionEffect> effects, EdgeVoiceOptions next)
    {
        var (before, volume) = (live.Now, device.Volume.Percent);
        // What counts at once does not wait for an answer's end.
        device.Follow(before, next);
        var steps = Order.Where(effects.Contains).ToList();
        if (steps.Count > 0) await device.RestAsync(Rest.Silent, TimeSpan.Zero, stop).ConfigureAwait(false);
        live.Now = next;
        device.FollowRules(before, next);
        var begun = new List<OptionEffect>();
        foreach (var step in steps)
        {
            begun.Add(step);
            if (await TryAsync(step, effects).ConfigureAwait(false) is not { } refusal) continue;
            await TakeBackAsync(begun, before, next).ConfigureAwait(false);
            if (device.Volume.Percent != volume) device.Volume.Set(volume);
            return refusal;
        }

        return null;
    }

    private async Task TakeBackAsync(List<OptionEffect> begun, EdgeVoiceOptions before, EdgeVoiceOptions next)
    {
        device.Follow(next, before);
        live.Now = before;
        device.FollowRules(next, before);
        var effects = begun.ToHashSet();
        // A session that was refused has not taken the place of the one in use.
        foreach (var step in begun.Where(step => step != OptionEffect.Session)) await TryAsync(step, effects).ConfigureAwait(false);
    }

    private async Task<string?> TryAsync(OptionEffect step, IReadOnlySet<OptionEffect> effects)
    {
        try
        {
            return await StepAsync(step, effects).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever a device threw, what was in force before is put back.
            return OneLine.Of(e.Message);
        }
    }

    private async Task<string?> StepAsync(OptionEffect step, IReadOnlySet<OptionEffect> effects) => step switch
    {
        OptionEffect.Button => await ButtonsAsync().ConfigureAwait(false),
        OptionEffect.Lights => await LightsAsync().ConfigureAwait(false),
        OptionEffect.Capture => await OpenedAsync(device.CaptureControl.Problem, () => device.Capture.ReopenAsync(live.Now.Audio.Capture.Channel), "microphone").ConfigureAwait(false),
        OptionEffect.Playback => await OpenedAsync(device.PlaybackControl.Problem, device.Playback.ReopenAsync, "loudspeaker").ConfigureAwait(false),
        // Another session has the settings from its beginning.
        OptionEffect.NextTurn => effects.Contains(OptionEffect.Session) ? null : Of("realtime", await device.Session.UpdateAsync(stop).ConfigureAwait(false)),
        _ => Of("realtime", await device.Session.RenewAsync(stop).ConfigureAwait(false)),
    };

    private async Task<string?> ButtonsAsync()
    {
        var was = ports.Buttons?.Missing.Any() ?? false;
        // Nobody listens to the old ones any more when they are closed; the control socket's stays.
        device.Button.Replace([ports.Remote]);
        var buttons = ports.OpenButtons();
        device.Replace(buttons.Pins, buttons.MuteSwitch);
        for (var began = time.GetTimestamp(); !was && buttons.Missing.Any(); await Task.Delay(LookInterval, time, stop).ConfigureAwait(false))
            if (time.GetElapsedTime(began) > ButtonTimeout) return Of("button", buttons.Missing.FirstOrDefault());
        return null;
    }

    private async Task<string?> LightsAsync()
    {
        await device.LeaveLightsAsync().ConfigureAwait(false);
        device.Show(ports.OpenRing());
        if (device.Lights is not { } lights) return null;
        for (var began = time.GetTimestamp(); lights.FramesSent == 0; await Task.Delay(LookInterval, time, stop).ConfigureAwait(false))
        {
            if (lights.Failures > 0) return Of("led", $"{live.Now.Led.Device} takes no picture");
            if (time.GetElapsedTime(began) > ButtonTimeout) break;
        }

        return null;
    }

    // What was missing before may stay missing: it is told, and tried again.
    private async Task<string?> OpenedAsync(string? problemBefore, Func<Task<string?>> reopen, string what)
    {
        try
        {
            var problem = await reopen().WaitAsync(OpenTimeout, time, stop).ConfigureAwait(false);
            return problemBefore is null ? Of(what, problem) : null;
        }
        catch (TimeoutException)
        {
            return Of(what, $"did not open within {OpenTimeout.TotalSeconds:0} s");
        }
    }

    private static bool IsVirtual(string device) => DeviceStrings.IsVirtual(device);

    private static string? Of(string what, string? problem) => problem is null ? null : $"{what}: {problem}";
}

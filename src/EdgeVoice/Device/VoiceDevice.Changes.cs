using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Device;

/// <content>What may be exchanged while the device runs. One caller at a time, while nobody speaks.</content>
internal sealed partial class VoiceDevice
{
    // Often enough for a change to be in force before anybody looks, seldom enough to be nothing beside an answer.
    private static readonly TimeSpan LookForMoment = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until it is such a moment; for as long as <paramref name="quietWithin"/> at first for a quiet one.</summary>
    public async Task RestAsync(Rest rest, TimeSpan quietWithin, CancellationToken stop)
    {
        for (var began = Time.GetTimestamp(); ; await Task.Delay(LookForMoment, Time, stop).ConfigureAwait(false))
        {
            var wanted = Time.GetElapsedTime(began) < quietWithin ? Rest.Quiet : rest;
            if (await Conversation.IsAsync(wanted).WaitAsync(stop).ConfigureAwait(false)) return;
        }
    }

    /// <summary>Closes the microphone before it is opened for the first time; before the start.</summary>
    public void Mute()
    {
        CaptureControl.Close();
        Conversation.Post(new MuteWanted(true, Time.NowNs()));
    }

    /// <summary>What counts at once: volume, colours, what gestures do.</summary>
    public void Follow(EdgeVoiceOptions before, EdgeVoiceOptions next)
    {
        // The volume is also a person's: only a changed file changes it.
        if (before.Audio.Playback.Volume != next.Audio.Playback.Volume) Volume.Set(next.Audio.Playback.Volume);
        if (before.Button.Actions != next.Button.Actions) Actions = new GestureActions(next.Button.Actions);
        if (before.Led != next.Led)
        {
            Scenes.SetStyle(next.Led);
            Lights?.Changed();
        }
    }

    /// <summary>The rules of taking turns, for the next one.</summary>
    public void FollowRules(EdgeVoiceOptions before, EdgeVoiceOptions next)
    {
        if (Composition.Rules(before) != Composition.Rules(next)) Conversation.Post(new RulesChanged(Composition.Rules(next)));
    }

    /// <summary>Something is wrong that a person can mend: seen and heard as soon as nobody speaks.</summary>
    public async Task TellAsync(Trouble trouble, CancellationToken stop)
    {
        await RestAsync(Rest.Silent, TimeSpan.Zero, stop).ConfigureAwait(false);
        Conversation.Post(new TroubleFound(trouble));
    }

    /// <summary>Listens to other buttons and another switch for the microphone; those that were there are the caller's to dispose before.</summary>
    public void Replace(IReadOnlyList<IButtonPin> buttons, IButtonPin? muteSwitch)
    {
        Button.Replace(buttons);
        var was = MuteSwitch;
        was?.Dispose();
        MuteSwitch = MakeMuteSwitch(muteSwitch);
        var (wasOn, isOn) = (was?.IsOn ?? false, MuteSwitch?.IsOn ?? false);
        if (wasOn != isOn) Conversation.Post(new MuteSwitched(isOn, Time.NowNs()));
        // No edit of a file opens a microphone that a person has closed.
        if (wasOn && !isOn) Conversation.Post(new MuteWanted(true, Time.NowNs()));
        MuteSwitch?.Start();
    }

    /// <summary>Darkens the lights and lets go of the ring, which the caller then disposes.</summary>
    public async Task LeaveLightsAsync()
    {
        if (Lights is { } lights) await lights.StopAsync().ConfigureAwait(false);
        Lights = null;
    }

    /// <summary>Shows the scene on this ring from now on.</summary>
    public void Show(IPixelRing? ring)
    {
        Lights = MakeLights(ring);
        Lights?.Start();
    }
}

using EdgeVoice.Core.Control;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The machine is suspended while the device listens, and while it speaks.</summary>
internal static class Sleep
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Scenario(Boot.Quick, limitSeconds: 240)]
    public static async Task SuspendedDeviceGoesOn(Pi pi)
    {
        var (ear, mouth) = (LoopbackCard.Mic.In, LoopbackCard.Speaker.Out);
        var server = await SimulatorProcess.StartAsync(pi);
        var device = await DeviceProcess.StartAsync(pi, server.Url, LoopbackCard.Mic.Out, LoopbackCard.Speaker.In);
        await device.BecomesAsync(status => status.Link == "Ready", Patience, "the session");
        await Dialogue.HoldAsync(pi, device, "before", ear, mouth);

        await SystemSleep.SleepAsync(pi);
        await device.BecomesAsync(IsWell, Patience, "being well after the sleep");
        await Dialogue.HoldAsync(pi, device, "slept-listening", ear, mouth);

        await Dialogue.AskAsync(pi, device, "cut", ear, Tone.Chirp(300, 1_500, 3_000, LoopbackCard.Rate));
        await device.BecomesAsync(status => status.Turn == "Speaking", Patience, "the answer to sleep in");
        await SystemSleep.SleepAsync(pi);
        await device.BecomesAsync(status => status.Turn == "Idle", Patience, "the end of the answer slept in");
        await device.BecomesAsync(IsWell, Patience, "being well after the second sleep");
        await Dialogue.HoldAsync(pi, device, "slept-speaking", ear, mouth);

        var audio = (await device.StatusAsync())?.Audio;
        pi.Note($"{audio}");
        pi.Expect(audio is { MicrophoneLosses: 0, LoudspeakerLosses: 0 }, $"a sleep is no loss of a card: {audio}");
        pi.Expect(audio!.AllocatedBytes == 0, $"{audio.AllocatedBytes} bytes were allocated on the audio threads");
        await device.StopAsync();
    }

    private static bool IsWell(ControlStatus status) => status is { Text: "all well", Audio.Microphone: "open" };
}

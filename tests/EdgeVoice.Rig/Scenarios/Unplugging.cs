using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Control;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The whole device, and a sound card that is pulled out in the middle of a sentence, at a random moment, again and again.</summary>
internal static class Unplugging
{
    private const int Rate = LoopbackCard.Rate;
    private const int Between = 10;
    private const string Card = "usb:1d6b:0101";
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Scenario(Boot.Systemd, limitSeconds: 300)]
    public static Task MicrophoneComesBack(Pi pi) => PullMicrophoneAsync(pi, 10);

    [Scenario(Boot.Systemd, limitSeconds: 600, Full = true)]
    public static Task MicrophoneComesBackFiftyTimes(Pi pi) => PullMicrophoneAsync(pi, 50);

    [Scenario(Boot.Systemd, limitSeconds: 300)]
    public static Task LoudspeakerComesBack(Pi pi) => PullLoudspeakerAsync(pi, 10);

    [Scenario(Boot.Systemd, limitSeconds: 600, Full = true)]
    public static Task LoudspeakerComesBackFiftyTimes(Pi pi) => PullLoudspeakerAsync(pi, 50);

    private static async Task PullMicrophoneAsync(Pi pi, int times)
    {
        var random = new Random(41);
        var card = await UsbSoundCard.PlugAsync(pi);
        var device = await StartAsync(pi, Card, LoopbackCard.Speaker.In);
        var sentence = Sentence(pi, 30_000);
        var returns = new List<double>();
        for (var i = 1; i <= times; i++)
        {
            var speaking = LoopbackCard.PlayFile(pi, World, sentence);
            await device.PressAsync();
            await pi.PauseAsync(random.Next(50, 1_200));
            UsbSoundCard.Unplug();
            await device.BecomesAsync(status => IsMissing(status.Audio?.Microphone) && status.Turn == "Idle", Patience, $"the end of turn {i}");
            await device.ReleaseAsync();
            await speaking.DisposeAsync();
            returns.Add(await ReturnAsync(pi, card, device, audio => audio?.Microphone == "open"));
            if (i % Between == 0) await Dialogue.HoldAsync(pi, device, $"{i}", World, LoopbackCard.Speaker.Out);
        }

        await EndAsync(pi, device, times, returns, status => status.Audio!.MicrophoneLosses);
    }

    private static async Task PullLoudspeakerAsync(Pi pi, int times)
    {
        var random = new Random(42);
        var card = await UsbSoundCard.PlugAsync(pi);
        var device = await StartAsync(pi, LoopbackCard.Mic.Out, Card, Script(times));
        var sentence = Sentence(pi, 3_000);
        var returns = new List<double>();
        for (var i = 1; i <= times; i++)
        {
            // An answer that still sounds is interrupted by the press.
            await using (LoopbackCard.Mic.PlayFile(pi, sentence))
            {
                await LoopbackCard.Mic.IsPlayedAsync(pi);
                await device.PressAsync();
                await pi.PauseAsync(600);
                await device.ReleaseAsync();
                await device.BecomesAsync(status => status.Turn == "Speaking", Patience, $"answer {i}");
            }

            await pi.PauseAsync(random.Next(50, 1_500));
            UsbSoundCard.Unplug();
            await device.BecomesAsync(status => IsMissing(status.Audio?.Loudspeaker), Patience, $"the loss in answer {i}");
            returns.Add(await ReturnAsync(pi, card, device, audio => audio?.Loudspeaker is "ready" or "playing"));
            // A gadget's recorder gives up when nothing comes for a second: here only the turn's end is looked at.
            if (i % Between == 0) await Dialogue.HoldAsync(pi, device, $"{i}", LoopbackCard.Mic.In, mouth: null);
        }

        await EndAsync(pi, device, times, returns, status => status.Audio!.LoudspeakerLosses);
    }

    // Long answers, in which to pull; after each ten of them one that repeats what was said.
    private static string Script(int times)
    {
        var repeated = Enumerable.Range(1, times / Between).Select(i => $$"""{ "number": {{i * (Between + 1)}}, "answer": "repeat" }""");
        return $$"""{ "turns": [ {{string.Join(", ", repeated)}} ], "otherwise": { "wav": "{{Path.Combine(AppContext.BaseDirectory, "Assets", "long-answer.wav")}}" } }""";
    }

    private static string World => $"plughw:CARD={UsbSoundCard.World}";

    private static bool IsMissing(string? words) => words?.StartsWith("missing", StringComparison.Ordinal) ?? false;

    // Without a script the server repeats what it has heard.
    private static async Task<DeviceProcess> StartAsync(Pi pi, string capture, string playback, string? script = null)
    {
        var server = await SimulatorProcess.StartAsync(pi, script);
        var device = await DeviceProcess.StartAsync(pi, server.Url, capture, playback);
        await device.BecomesAsync(status => status.Link == "Ready", TimeSpan.FromSeconds(40), "the session");
        return device;
    }

    // Milliseconds from the card's return to the device's.
    private static async Task<double> ReturnAsync(Pi pi, UsbSoundCard card, DeviceProcess device, Func<Core.Diagnostics.AudioDiagnostics?, bool> isBack)
    {
        await pi.UntilAsync(() => UsbSoundCard.Card is null, Patience, "the card's disappearance");
        await card.PlugAsync();
        var plugged = Pi.Now();
        await device.BecomesAsync(status => isBack(status.Audio), Patience, "the card's return to the device");
        var back = Pi.Now();
        var held = pi.Host.LongestMs(plugged, back);
        var ms = (back - plugged) / 1e6;
        pi.Expect(ms - held <= Back.TotalMilliseconds, $"the card's return to the device took {ms:0} ms, of which the host stood in the way for {held:0}");
        return ms;
    }

    private static async Task EndAsync(Pi pi, DeviceProcess device, int times, List<double> returns, Func<ControlStatus, long> losses)
    {
        var status = await device.StatusAsync();
        pi.Note($"{status?.Audio}");
        var back = new Spread(returns);
        pi.Tell($"{times} times pulled out; plugged in to open again: {back}");
        pi.Expect(status is not null && losses(status) == times, $"the device counts {(status is null ? -1 : losses(status))} losses of {times}");
        pi.Expect(status!.Audio is { AllocatedBytes: 0 }, $"{status.Audio?.AllocatedBytes} bytes were allocated on the audio threads");
        pi.Expect(status.Text == "all well", $"at the end it says '{status.Text}'");
        await device.StopAsync();
    }

    private static string Sentence(Pi pi, int ms)
    {
        var file = pi.FileOf("sentence.wav");
        using var writer = new WavWriter(file, Rate, 1);
        writer.Write(Tone.Chirp(300, 1_500, ms, Rate));
        return file;
    }
}

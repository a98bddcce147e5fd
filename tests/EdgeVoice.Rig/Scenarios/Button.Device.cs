using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The whole device, pressed through the kernel's line.</summary>
internal static partial class Button
{
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(60);
    private static readonly object Line = new { chip = GpioBoard.Label, line = "BUTTON", pull = "none" };

    [Scenario(Boot.Systemd, limitSeconds: 240)]
    public static async Task PressEndsInASpokenTurn(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        var server = await SimulatorProcess.StartAsync(pi);
        var device = await StartAsync(pi, server, Line);
        board.Press();
        await pi.PauseAsync(200);
        var question = WavFile.Read(Path.Combine(AppContext.BaseDirectory, "Assets", "question.wav")).ToMono16(LoopbackCard.Rate);
        var speaking = LoopbackCard.Mic.Play(pi, question);
        pi.Expect(await speaking.ExitAsync(TimeSpan.FromSeconds(40)) == 0, $"aplay: {speaking.LastLine}");
        await pi.PauseAsync(100);
        board.Release();
        await device.BecomesAsync(status => status.Turn == "Speaking", Answer, "an answer");
        await device.BecomesAsync(status => status.Turn == "Idle", Answer, "the answer's end");
        var status = await device.StatusAsync();
        pi.Expect(status?.Counters["turns"] == 1 && status.Audio?.PressToFirstAppend?.Count == 1, $"one press was {status?.Counters["turns"]} turns");
        pi.Tell($"edge to first append: {status?.Audio?.PressToFirstAppend}");
        await device.StopAsync();
    }

    [Scenario(Boot.Systemd, limitSeconds: 240)]
    public static async Task SwitchedOffMicrophoneIsClosedAndNothingElseOpensIt(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        board.SwitchOn();
        var server = await SimulatorProcess.StartAsync(pi);
        var device = await StartAsync(pi, server, new
        {
            chip = GpioBoard.Label,
            line = "BUTTON",
            pull = "none",
            muteSwitch = new { chip = GpioBoard.Label, line = "MUTE", pull = "none" },
        });
        var status = await device.StatusAsync();
        pi.Expect(status is { Mute: "Muted", Audio.Microphone: "muted" }, $"switched off at the start: {status}");
        pi.Expect(Capture() == "closed", $"the capture device at the start: {Capture()}");
        var refused = await device.AskAsync("unmute");
        pi.Note($"ctl unmute: {refused.Reply?.Error}");
        pi.Expect(refused.Reply is { Ok: false, Error.Length: > 0 }, "ctl unmute was not refused");
        await device.AskAsync("tap");
        await pi.PauseAsync(300);
        pi.Expect((await device.StatusAsync())?.Counters["turns"] == 0 && Capture() == "closed", "a tap opened a turn");

        board.SwitchOff();
        await pi.UntilAsync(() => Capture().Contains("RUNNING", StringComparison.Ordinal), Soon, "the open microphone");
        await device.BecomesAsync(now => now.Mute == "Open", Soon, "the end of the mute");
        board.SwitchOn();
        await pi.UntilAsync(() => Capture() == "closed", Soon, "the closed microphone");
        pi.Expect((await device.StatusAsync())?.Mute == "Muted", "it does not know that it is muted");

        // A switch whose chip is gone stays where it was.
        GpioBoard.Unplug();
        await device.BecomesAsync(now => now.Text.Contains("mute switch", StringComparison.Ordinal), Soon, "the loss in the status");
        pi.Expect(Capture() == "closed" && (await device.AskAsync("unmute")).Reply is { Ok: false }, "the lost switch opened the microphone");
        await device.StopAsync();
    }

    [Scenario(Boot.Systemd, limitSeconds: 300)]
    public static Task PressIsAnsweredAtOnce(Pi pi) => MeasureAsync(pi, 100);

    [Scenario(Boot.Systemd, limitSeconds: 1_500, Full = true)]
    public static Task PressIsAnsweredAtOnceAThousandTimes(Pi pi) => MeasureAsync(pi, 1_000);

    private static async Task MeasureAsync(Pi pi, int presses)
    {
        const int LookEvery = 20;
        var board = GpioBoard.Plug(pi);
        var server = await SimulatorProcess.StartAsync(pi, """{ "turns": [ { "answer": { "silence": 60000 } } ] }""");
        // A guest that stands still makes a tap of the shortest press: it must neither latch nor mute.
        var device = await StartAsync(pi, server, new
        {
            chip = GpioBoard.Label,
            line = "BUTTON",
            pull = "none",
            actions = new { tap = "none", doubleTap = "none", tripleTap = "none" },
        });
        var question = WavFile.Read(Path.Combine(AppContext.BaseDirectory, "Assets", "question.wav")).ToMono16(LoopbackCard.Rate);
        var random = new Random(5);
        LatencyDiagnostics? silence = null, append = null;
        for (var i = 0; silence is null || append is null || Math.Min(silence.Count, append.Count) < presses; i++)
        {
            // Each is taken back: the answer falls silent at the edge, the turn's first audio leaves, and both are undone.
            board.Press();
            await pi.PauseAsync(3 + random.Next(6));
            board.Release();
            await pi.PauseAsync(80 + random.Next(40));
            if (i % LookEvery != 0) continue;
            var status = await device.StatusAsync();
            (silence, append) = (status?.Audio?.PressToSilence ?? silence, status?.Audio?.PressToFirstAppend ?? append);
            if (status?.Turn != "Speaking") await AskAsync(pi, board, device, question);
        }

        pi.Tell($"edge to silence ordered: {silence}");
        pi.Tell($"edge to first append: {append}");
        pi.Expect(silence.MedianMs <= 5, $"edge to silence ordered: {silence}");
        pi.Expect(append.MedianMs <= 15, $"edge to first append: {append}");
        await device.StopAsync();
    }

    // Holds the button for a question, and waits for the answer that is to be interrupted.
    private static async Task AskAsync(Pi pi, GpioBoard board, DeviceProcess device, short[] question)
    {
        await pi.PauseAsync(400);
        board.Press();
        await pi.PauseAsync(200);
        await LoopbackCard.Mic.Play(pi, question).ExitAsync(TimeSpan.FromSeconds(40));
        board.Release();
        await device.BecomesAsync(status => status.Turn == "Speaking", Answer, "an answer to interrupt");
    }

    private static async Task<DeviceProcess> StartAsync(Pi pi, SimulatorProcess server, object button)
    {
        var device = await DeviceProcess.StartAsync(pi, server.Url, LoopbackCard.Mic.Out, LoopbackCard.Speaker.In, button: button);
        await device.BecomesAsync(status => status.Link == "Ready", TimeSpan.FromSeconds(40), "the session");
        return device;
    }

    // What the kernel itself says of the device's microphone: "closed", or a state and positions.
    private static string Capture() => File.ReadAllText("/proc/asound/Mic/pcm1c/sub0/status").Trim();
}

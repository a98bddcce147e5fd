using EdgeVoice.Core.Audio;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

internal static class Conversation
{
    private const int Rate = LoopbackCard.Rate;
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(60);

    // The first question is answered; the second is repeated, so that what the server heard is heard again.
    private static readonly string Script =
        $$"""{ "turns": [ { "number": 1, "answer": { "wav": "{{Asset("answer.wav")}}" } }, { "number": 2, "answer": "repeat" } ] }""";

    [Scenario(Boot.Systemd, limitSeconds: 240)]
    public static async Task TwoTurnsOverSoundCards(Pi pi)
    {
        var server = await SimulatorProcess.StartAsync(pi, Script);
        var file = pi.FileOf("heard.wav");
        var recording = LoopbackCard.Speaker.Record(pi, file);
        var device = await DeviceProcess.StartAsync(pi, server.Url, LoopbackCard.Mic.Out, LoopbackCard.Speaker.In);
        await device.BecomesAsync(status => status.Link == "Ready", TimeSpan.FromSeconds(40), "the session");

        await TurnAsync(pi, device, Clip("question.wav"));
        await TurnAsync(pi, device, Clip("question2.wav"));
        var sound = (await device.StatusAsync())?.Audio;
        pi.Note($"{sound}");
        await device.StopAsync();
        await recording.SignalAsync("INT");
        await recording.ExitAsync(TimeSpan.FromSeconds(20));
        var heard = WavFile.Read(file).ToMono16(Rate);

        var answer = Heard(pi, heard, "answer.wav");
        var repeated = Heard(pi, heard, "question2.wav");
        pi.Expect(answer.Delay < repeated.Delay, "the second answer was heard before the first");
    }

    private static async Task TurnAsync(Pi pi, DeviceProcess device, short[] question)
    {
        await device.PressAsync();
        await pi.PauseAsync(200);
        var speaking = LoopbackCard.Mic.Play(pi, question);
        pi.Expect(await speaking.ExitAsync(TimeSpan.FromSeconds(40)) == 0, $"aplay: {speaking.LastLine}");
        // A person lets go a moment after the last word.
        await pi.PauseAsync(100);
        await device.ReleaseAsync();
        await device.BecomesAsync(status => status.Turn == "Speaking", Answer, "an answer");
        await device.BecomesAsync(status => status.Turn == "Idle", Answer, "the answer's end");
    }

    private static Comparison Heard(Pi pi, short[] heard, string clip)
    {
        var found = Comparison.Of(Clip(clip), heard, Rate);
        pi.Note($"{clip}: {found}");
        pi.Expect(found.GapMs == 0 && Math.Abs(found.GainDb) < 0.5 && found.ErrorDb < -30 && Math.Abs(found.Pitch - 1) < 1e-3, $"{clip} changed on its way: {found}");
        return found;
    }

    private static short[] Clip(string name) => WavFile.Read(Asset(name)).ToMono16(Rate);

    private static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "Assets", name);
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.Rig.World;

/// <summary>A question over a card and its answer, against a server that repeats what it has heard: the device is neither deaf nor dumb.</summary>
internal static class Dialogue
{
    private const int Rate = LoopbackCard.Rate;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks once and waits for the answer's end; where there is somebody to hear it, it must be what was said, without a gap.</summary>
    /// <param name="pi">Where.</param>
    /// <param name="device">A push-to-talk device whose turn it is not.</param>
    /// <param name="name">Of this question in the notes and files.</param>
    /// <param name="ear">PCM that the device's microphone hears.</param>
    /// <param name="mouth">PCM that hears the device's loudspeaker; null for none.</param>
    public static async Task HoldAsync(Pi pi, DeviceProcess device, string name, string ear, string? mouth)
    {
        var question = Tone.Chirp(300, 1_500, 1_000, Rate);
        var heard = pi.FileOf($"heard-{name}.wav");
        await AskAsync(pi, device, name, ear, question);
        var recording = mouth is null ? null : LoopbackCard.Record(pi, mouth, heard);
        await device.BecomesAsync(status => status.Turn == "Speaking", Patience, $"the answer {name}");
        await device.BecomesAsync(status => status.Turn == "Idle", Patience, $"the end of the answer {name}");
        if (recording is null) return;
        await recording.SignalAsync("INT");
        await recording.ExitAsync(Patience);
        var found = Comparison.Of(question, WavFile.Read(heard).ToMono16(Rate), Rate);
        pi.Note($"{name}: {found}");
        pi.Expect(found is { GapMs: 0 } && Math.Abs(found.GainDb) < 0.5 && found.ErrorDb < -30, $"{name}: the answer is not what was said: {found}");
    }

    /// <summary>Presses, says the question, releases.</summary>
    public static async Task AskAsync(Pi pi, DeviceProcess device, string name, string ear, short[] question)
    {
        var said = pi.FileOf($"said-{name}.wav");
        using (var writer = new WavWriter(said, Rate, 1))
        {
            writer.Write(question);
            writer.Write(new short[Rate / 5]);
        }

        await device.PressAsync();
        await pi.PauseAsync(200);
        var speaking = LoopbackCard.PlayFile(pi, ear, said);
        pi.Expect(await speaking.ExitAsync(Patience) == 0, $"aplay: {speaking.LastLine}");
        await pi.PauseAsync(200);
        await device.ReleaseAsync();
    }
}

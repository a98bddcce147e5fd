using EdgeVoice.Core.Audio;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.Rig.Scenarios;

internal static class Sound
{
    private const int Rate = LoopbackCard.Rate;

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task LoopbackIsFaithful(Pi pi)
    {
        var sent = Tone.Chirp(300, 3_000, 800, Rate);
        var file = pi.FileOf("heard.wav");
        var recording = LoopbackCard.Mic.Record(pi, file, seconds: 1.5);
        await Task.WhenAll(
            PlaysAsync(pi, LoopbackCard.Mic, sent),
            PlaysAsync(pi, LoopbackCard.Speaker, Tone.Sine(440, 500, Rate)));
        pi.Expect(await recording.ExitAsync(TimeSpan.FromSeconds(30)) == 0, $"arecord: {recording.LastLine}");
        var found = Comparison.Of(sent, WavFile.Read(file).ToMono16(Rate), Rate);
        pi.Note($"{found}");
        pi.Expect(found.GapMs == 0 && Math.Abs(found.GainDb) < 0.1 && found.ErrorDb < -60 && Math.Abs(found.Pitch - 1) < 1e-4, $"changed on its way: {found}");
    }

    [Scenario(Boot.Quick, limitSeconds: 90)]
    public static async Task UsbCardPulledOutEndsItsRecording(Pi pi)
    {
        var card = await UsbSoundCard.PlugAsync(pi);
        var name = UsbSoundCard.Card!;
        var tone = pi.FileOf("tone.wav");
        using (var writer = new WavWriter(tone, UsbSoundCard.Rate, 1)) writer.Write(Tone.Sine(440, 8_000, UsbSoundCard.Rate));
        await using var world = LoopbackCard.PlayFile(pi, $"plughw:CARD={UsbSoundCard.World}", tone);
        var heard = pi.FileOf("heard.raw");
        var recording = pi.Start("arecord", "-q", "-D", $"plughw:CARD={name}", "-t", "raw", "-f", "S16_LE", "-r", $"{UsbSoundCard.Rate}", "-c", "1", heard);
        await pi.UntilAsync(() => File.Exists(heard) && new FileInfo(heard).Length > UsbSoundCard.Rate, TimeSpan.FromSeconds(20), "half a second of sound");
        var pulled = Pi.Now();
        UsbSoundCard.Unplug();
        var code = await recording.ExitAsync(TimeSpan.FromSeconds(20));
        pi.Note($"arecord ended {(Pi.Now() - pulled) / 1_000_000} ms after with code {code}: {recording.LastLine}");
        pi.Expect(code != 0, "arecord ended as if all were well");
        await pi.UntilAsync(() => UsbSoundCard.Card is null, TimeSpan.FromSeconds(20), "the card's disappearance");
        await world.DisposeAsync();
        await card.PlugAsync();
        pi.Expect(UsbSoundCard.Card == name, $"the card came back as {UsbSoundCard.Card} and was {name}");
    }

    private static async Task PlaysAsync(Pi pi, LoopbackCard card, short[] samples)
    {
        var playing = card.Play(pi, samples);
        pi.Expect(await playing.ExitAsync(TimeSpan.FromSeconds(30)) == 0, $"aplay: {playing.LastLine}");
    }
}

using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Tests.Simulator.Server;

public sealed class VoiceActivityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(480)]
    [InlineData(5000)]
    public void Step_HoweverTheSoundIsCut_FindsTheSameTimes(int block)
    {
        short[] sound = [.. new short[24_000], .. Babble.Tone(300, 1000, 24000), .. new short[24_000]];
        Assert.Equal([(VoiceSignal.Started, 1060), (VoiceSignal.Stopped, 2200)], Run(sound, block, silenceMs: 200, threshold: 0.5));
    }

    [Fact]
    public void Step_AClickOfFortyMilliseconds_IsNoSpeech() =>
        Assert.Empty(Run([.. new short[4800], .. Babble.Tone(300, 40, 24000), .. new short[9600]], 480, 200, 0.5));

    [Fact]
    public void Step_APauseShorterThanTheSilence_KeepsTheTurn()
    {
        var tone = Babble.Tone(300, 300, 24000);
        short[] sound = [.. tone, .. new short[24 * 400], .. tone, .. new short[24 * 600]];
        Assert.Equal([(VoiceSignal.Started, 60), (VoiceSignal.Stopped, 1500)], Run(sound, 960, silenceMs: 500, threshold: 0.5));
    }

    [Theory]
    [InlineData(0.2, true)]
    [InlineData(0.9, false)]
    public void Step_AQuietVoice_IsSpeechByTheThreshold(double threshold, bool heard)
    {
        short[] sound = [.. Babble.Tone(300, 500, 24000).Select(sample => (short)(sample / 10)), .. new short[9600]];
        Assert.Equal(heard, Run(sound, 480, 200, threshold).Count > 0);
    }

    private static List<(VoiceSignal Signal, int Ms)> Run(short[] sound, int block, int silenceMs, double threshold)
    {
        var voice = new VoiceActivity(24000, threshold);
        var found = new List<(VoiceSignal, int)>();
        var position = 0;
        foreach (var piece in sound.Chunk(block))
        {
            var rest = piece.AsSpan();
            while (rest.Length > 0)
            {
                var signal = voice.Step(rest, out var taken, () => silenceMs * 24L);
                rest = rest[taken..];
                position += taken;
                if (signal != VoiceSignal.None)
                    found.Add((signal, position / 24));
            }
        }
        return found;
    }
}

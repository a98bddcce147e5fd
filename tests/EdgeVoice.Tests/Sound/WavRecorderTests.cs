using EdgeVoice.Core.Audio;
using EdgeVoice.Sound;

namespace EdgeVoice.Tests.Sound;

public class WavRecorderTests
{
    [Theory]
    [InlineData(24_000, 24_000, 10_000, 10_000)]
    [InlineData(48_000, 24_000, 9_601, 4_801)]
    [InlineData(8_000, 24_000, 800, 2_400)]
    [InlineData(44_100, 24_000, 10, 6)]
    public void End_Always_LeavesAsMuchTimeAsWasHeard(int from, int to, int frames, int expected) =>
        Assert.Equal(expected, Record(new float[frames], from, to, long.MaxValue).Length);

    [Fact]
    public void Add_AtAnotherRate_PutsSoundWhereItWas()
    {
        float[] sound = [.. Enumerable.Range(0, 4_800).Select(i => 0.5f * MathF.Sin(2 * MathF.PI * 440 * i / 48_000f))];
        var written = Record(sound, 48_000, 16_000, long.MaxValue);
        for (var i = 200; i < 1_400; i++) Assert.Equal(0.5 * Math.Sin(2 * Math.PI * 440 * i / 16_000), written[i] / 32_768.0, 0.002);
    }

    [Fact]
    public void Add_WhenTheFileHasAllItIsToHold_SaysSo()
    {
        using var stream = new MemoryStream();
        using var wav = new WavWriter(stream, 8_000, 1, leaveOpen: true);
        var recorder = new WavRecorder(wav, 8_000, 8_000, 150);
        Assert.True(recorder.Add(new float[100]));
        Assert.False(recorder.Add(new float[100]));
        recorder.End();
        Assert.Equal(150, wav.Frames);
    }

    private static short[] Record(float[] sound, int from, int to, long most)
    {
        using var stream = new MemoryStream();
        using (var wav = new WavWriter(stream, to, 1, leaveOpen: true))
        {
            var recorder = new WavRecorder(wav, from, to, most);
            for (var at = 0; at < sound.Length; at += 333) recorder.Add(sound.AsSpan(at, Math.Min(333, sound.Length - at)));
            recorder.End();
        }

        stream.Position = 0;
        return WavFile.Read(stream, "recorded").ToMono16(to);
    }
}

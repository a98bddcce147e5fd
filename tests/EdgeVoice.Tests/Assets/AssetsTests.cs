using System.Text.Json;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Assets;

/// <summary>The clips that ship with the program, as they lie beside it.</summary>
public class AssetsTests
{
    private const double Silence = 0.001;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Assets");

    private static readonly Dictionary<string, string> Texts =
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, "assets.json")))!;

    [Fact]
    public void Texts_Always_NameEveryClipAndNoOther() =>
        Assert.Equal(Directory.GetFiles(Folder, "*.wav").Select(Path.GetFileName).Order(), Texts.Keys.Order());

    [Fact]
    public void Clips_Together_StaySmall() => Assert.True(Directory.GetFiles(Folder).Sum(file => new FileInfo(file).Length) < 1_500_000);

    [Theory]
    [InlineData("question.wav", 2, 3)]
    [InlineData("question2.wav", 1.5, 3)]
    [InlineData("bargein.wav", 1.5, 3)]
    [InlineData("answer.wav", 3, 6)]
    [InlineData("long-answer.wav", 10, 15)]
    [InlineData("thanks.wav", 1.5, 3)]
    public void Clip_Always_IsSpeechOfTheSessionsFormat(string name, double shortest, double longest)
    {
        var clip = WavFile.Read(Path.Combine(Folder, name));
        Assert.Equal((24_000, 1), (clip.Rate, clip.Channels));
        Assert.InRange(clip.Frames / 24_000.0, shortest, longest);
        Assert.NotEmpty(Texts[name]);

        var peak = clip.Interleaved.Max(Math.Abs);
        Assert.InRange(peak, 0.2, 0.89);
        var lead = Array.FindIndex(clip.Interleaved, sample => Math.Abs(sample) > Silence);
        var tail = clip.Frames - 1 - Array.FindLastIndex(clip.Interleaved, sample => Math.Abs(sample) > Silence);
        Assert.InRange(lead, 0, 2_400);
        Assert.InRange(tail, 0, 2_400);
        Assert.InRange(20 * Math.Log10(Math.Sqrt(clip.Interleaved.Average(sample => (double)sample * sample))), -24, -18);
    }
}

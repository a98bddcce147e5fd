using System.Text.Json;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Sounds;

namespace EdgeVoice.Tests.Assets;

/// <summary>The spoken help that ships with the program, as it lies beside it.</summary>
public sealed class SpokenHelpTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Assets", "help");

    public static TheoryData<string, Trouble> All()
    {
        var all = new TheoryData<string, Trouble>();
        foreach (var language in HelpLanguages.Folders)
            foreach (var trouble in Troubles.All) all.Add(language, trouble);
        return all;
    }

    [Fact]
    public void Languages_AreThree() => Assert.Equal(["en", "de", "es"], HelpLanguages.Folders);

    [Fact]
    public void Texts_NameEveryClipAndNoOther()
    {
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, "help.json")))!;
        var clips = Directory.GetFiles(Folder, "*.wav", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path));
        Assert.Equal(clips.Order(StringComparer.Ordinal), texts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(HelpLanguages.Folders.Count * Troubles.All.Count, texts.Count);
        Assert.All(texts.Values, text => Assert.InRange(text.Length, 20, 90));
        Assert.Equal(texts.Count, texts.Values.Distinct().Count());
    }

    [Fact]
    public void Clips_Together_StaySmall() =>
        Assert.True(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) < 3_100_000);

    [Theory]
    [MemberData(nameof(All))]
    public void Clip_Always_IsShortAsLoudAsAnAnswerAndNotClipped(string language, Trouble trouble)
    {
        var clip = WavFile.Read(Path.Combine(Folder, language, SoundFiles.Of(trouble)));
        Assert.Equal((16_000, 1), (clip.Rate, clip.Channels));
        Assert.InRange(clip.Frames / 16_000.0, 2, 4.5);
        Assert.InRange(clip.Interleaved.Max(Math.Abs), 0.3, 0.89);
        Assert.InRange(20 * Math.Log10(Math.Sqrt(clip.Interleaved.Average(sample => (double)sample * sample))), -20.5, -19.5);
        var lead = Array.FindIndex(clip.Interleaved, sample => Math.Abs(sample) > 0.003);
        var tail = clip.Frames - 1 - Array.FindLastIndex(clip.Interleaved, sample => Math.Abs(sample) > 0.003);
        Assert.InRange(lead, 0, 1_600);
        Assert.InRange(tail, 0, 1_600);
    }
}

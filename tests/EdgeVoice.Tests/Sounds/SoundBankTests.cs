using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Sounds;
using EdgeVoice.Tests.Configuration;

namespace EdgeVoice.Tests.Sounds;

public sealed class SoundBankTests : IDisposable
{
    private const int Rate = 24_000;
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "Assets", "help");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Load_Defaults_HasEverySoundAndAllHelp()
    {
        var bank = SoundBank.Load(new SoundOptions(), "en", Shipped, Rate);
        Assert.Empty(bank.Problems);
        foreach (var sound in Enum.GetValues<SoundName>())
        {
            var clip = bank.Clips[bank.IndexOf(sound)!.Value];
            Assert.False(clip.IsSpoken);
            Assert.Equal(ToneGenerator.Make(sound, Rate), clip.Samples);
        }

        foreach (var trouble in Troubles.All)
        {
            var clip = bank.Clips[bank.IndexOf(trouble)!.Value];
            Assert.True(clip.IsSpoken);
            Assert.InRange(clip.Samples.Length, 2 * Rate, 5 * Rate);
        }

        Assert.Null(bank.IndexOf(Trouble.None));
    }

    [Fact]
    public void Load_SwitchedOff_HasNothing()
    {
        var bank = SoundBank.Load(new SoundOptions { Enabled = false }, "en", "/no/such/folder", Rate);
        Assert.Empty(bank.Clips);
        Assert.Empty(bank.Problems);
        Assert.Null(bank.IndexOf(SoundName.Woken));
        Assert.Null(bank.IndexOf(Trouble.NoNetwork));
    }

    public static TheoryData<SoundName, SoundOptions> OneOff() => new()
    {
        { SoundName.Woken, new() { Woken = false } },
        { SoundName.DoneListening, new() { DoneListening = false } },
        { SoundName.NothingHeard, new() { NothingHeard = false } },
        { SoundName.MuteOn, new() { MuteOn = false } },
        { SoundName.MuteOff, new() { MuteOff = false } },
        { SoundName.Error, new() { Error = false } },
        { SoundName.Timer, new() { Timer = false } },
        { SoundName.StartUp, new() { StartUp = false } },
    };

    [Theory]
    [MemberData(nameof(OneOff))]
    public void Load_OneSwitchedOff_HasAllOthers(SoundName off, SoundOptions options)
    {
        var bank = SoundBank.Load(options, "en", Shipped, Rate);
        Assert.All(Enum.GetValues<SoundName>(), sound => Assert.Equal(sound == off, bank.IndexOf(sound) is null));
        Assert.All(Troubles.All, trouble => Assert.NotNull(bank.IndexOf(trouble)));
    }

    [Fact]
    public void Load_WithoutSpokenHelp_HasTheTones()
    {
        var bank = SoundBank.Load(new SoundOptions { SpokenHelp = false }, "en", Shipped, Rate);
        Assert.Equal(Enum.GetValues<SoundName>().Length, bank.Clips.Count);
        Assert.All(Troubles.All, trouble => Assert.Null(bank.IndexOf(trouble)));
    }

    [Theory]
    [InlineData(null, "en", "en")]
    [InlineData(null, "de-AT", "de")]
    [InlineData(null, "fr", "en")]
    [InlineData(HelpLanguage.Spanish, "de", "es")]
    public void Load_Language_IsTheChosenOneElseTheDevicesElseEnglish(HelpLanguage? chosen, string language, string expected)
    {
        var bank = SoundBank.Load(new SoundOptions { Language = chosen }, language, Shipped, 16_000);
        var file = WavFile.Read(Path.Combine(Shipped, expected, "no-network.wav"));
        Assert.Equal(file.Interleaved, bank.Clips[bank.IndexOf(Trouble.NoNetwork)!.Value].Samples);
    }

    [Fact]
    public void Load_Volume_ScalesEverySound()
    {
        var (usual, quiet) = (SoundBank.Load(new SoundOptions(), "en", Shipped, Rate), SoundBank.Load(new SoundOptions { VolumeDb = -6 }, "en", Shipped, Rate));
        Assert.All(usual.Clips.Zip(quiet.Clips), pair =>
            Assert.Equal(-6, 20 * Math.Log10(pair.Second.Samples.Max(Math.Abs) / pair.First.Samples.Max(Math.Abs)), 2));
    }

    [Fact]
    public void Load_OwnFiles_TakeThePlaceOfTheShippedAtTheSessionsRate()
    {
        Write("woken.wav", 8_000, 2, 0.2);
        Write("no-internet.wav", 44_100, 1, 1);
        var bank = Load();
        Assert.Empty(bank.Problems);
        Assert.Equal(Rate / 5, bank.Clips[bank.IndexOf(SoundName.Woken)!.Value].Samples.Length);
        Assert.Equal(Rate, bank.Clips[bank.IndexOf(Trouble.NoInternet)!.Value].Samples.Length);
        Assert.True(bank.Clips[bank.IndexOf(Trouble.NoInternet)!.Value].IsSpoken);
    }

    [Theory]
    [InlineData("no WAV at all", "woken.wav")]
    [InlineData("", "woken.wav")]
    [InlineData("RIFF\x24\0\0\0WAVEfmt ", "woken.wav")]
    public void Load_BadOwnFile_IsOneLineAndTheShippedIsUsed(string content, string said)
    {
        _folder.Write("woken.wav", content);
        HoldsTheShipped(Load(), said);
    }

    [Fact]
    public void Load_OwnFileWithAHeaderOfTwoGigabytes_GivesWhatIsThere()
    {
        var path = Write("woken.wav", Rate, 1, 0.2);
        var bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes.AsSpan(40), 0x7fff_fff0);
        File.WriteAllBytes(path, bytes);
        var bank = Load();
        Assert.Empty(bank.Problems);
        Assert.Equal(Rate / 5, bank.Clips[bank.IndexOf(SoundName.Woken)!.Value].Samples.Length);
    }

    [Fact]
    public void Load_HugeOwnFile_IsNotRead()
    {
        using (var sparse = new FileStream(_folder["woken.wav"], FileMode.Create)) sparse.SetLength(2L << 30);
        HoldsTheShipped(Load(), "larger than 16 MiB");
    }

    [Fact]
    public void Load_OwnFileOfMoreThanTenSeconds_IsRefused()
    {
        Write("woken.wav", 8_000, 1, 10.1);
        HoldsTheShipped(Load(), "longer than 10 s");
    }

    [Fact]
    public void Load_MisspeltOwnFile_NamesTheNearest()
    {
        Write("wokn.wav", Rate, 1, 0.1);
        Assert.Contains("the nearest is woken.wav", Assert.Single(Load().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoSuchFolder_IsOneLine()
    {
        var bank = SoundBank.Load(new SoundOptions { Folder = _folder["none"] }, "en", Shipped, Rate);
        Assert.Contains("cannot be read", Assert.Single(bank.Problems), StringComparison.Ordinal);
        Assert.NotNull(bank.IndexOf(SoundName.Woken));
    }

    [Fact]
    public void Load_ShippedHelpIsMissing_SaysSoAndHasTheTones()
    {
        var bank = SoundBank.Load(new SoundOptions(), "en", _folder["none"], Rate);
        Assert.Equal(Troubles.All.Count, bank.Problems.Count);
        Assert.All(bank.Problems, line => Assert.Contains("install the program again", line, StringComparison.Ordinal));
        Assert.NotNull(bank.IndexOf(SoundName.Error));
        Assert.Null(bank.IndexOf(Trouble.NoNetwork));
    }

    public void Dispose() => _folder.Dispose();

    private SoundBank Load() => SoundBank.Load(new SoundOptions { Folder = _folder.Path }, "en", Shipped, Rate);

    private static void HoldsTheShipped(SoundBank bank, string said)
    {
        var line = Assert.Single(bank.Problems);
        Assert.Contains(said, line, StringComparison.Ordinal);
        Assert.Contains("the shipped sound is used", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.Equal(ToneGenerator.Make(SoundName.Woken, Rate), bank.Clips[bank.IndexOf(SoundName.Woken)!.Value].Samples);
    }

    private string Write(string name, int rate, int channels, double seconds)
    {
        var samples = new short[(int)(rate * seconds) * channels];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)(8_000 * Math.Sin(i / channels * 0.1));
        using (var wav = new WavWriter(_folder[name], rate, channels)) wav.Write(samples);
        return _folder[name];
    }
}

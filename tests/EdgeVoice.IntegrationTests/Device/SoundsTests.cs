using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Sounds;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>The device's own sounds as they leave its loudspeaker.</summary>
[Collection(WholeDevice.Name)]
public sealed class SoundsTests
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "Assets", "help");

    [Fact]
    public async Task Turn_WithSounds_HasThemWholeAndTheAnswerToo()
    {
        var answer = Clips.Noise(801, 900);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), Setup(new SoundOptions()));
        await DeviceUnderTest.PassMsAsync(600);
        await device.TalkAsync(Clips.Noise(802, 900));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        var startUp = Whole(heard, SoundName.StartUp, 0);
        var woken = Whole(heard, SoundName.Woken, startUp);
        var done = Whole(heard, SoundName.DoneListening, woken);
        var place = heard.HeardWhole(answer, device.Session.Sent.Single().Sha256, done);
        Assert.True(place.Start >= done, "the answer sounds over the tone");
        Assert.Equal(0, device.Device.Sounds!.Dropped);
    }

    [Fact]
    public async Task EmptyHold_WithSounds_WakesAndSaysThatNothingWasHeard()
    {
        await using var device = await DeviceUnderTest.StartAsync(
            DeviceUnderTest.Answers(Clips.Noise(803, 300)), Setup(new SoundOptions { StartUp = false }));
        await DeviceUnderTest.PassMsAsync(300);
        device.Button.Press();
        await DeviceUnderTest.PassMsAsync(600);
        device.Button.Release();
        await device.News.UntilAsync(() => device.News.Told.Any(t => t.Contains("nothing heard", StringComparison.Ordinal)), "nothing heard");
        await DeviceUnderTest.PassMsAsync(500);
        var heard = await device.FinishAsync();
        var woken = Whole(heard, SoundName.Woken, 0);
        Whole(heard, SoundName.NothingHeard, woken);
        NotHeard(heard, SoundName.DoneListening);
        Assert.Empty(device.Session.Committed);
    }

    [Fact]
    public async Task Turn_OneSoundSwitchedOff_HasTheOthers()
    {
        var answer = Clips.Noise(804, 400);
        await using var device = await DeviceUnderTest.StartAsync(
            DeviceUnderTest.Answers(answer), Setup(new SoundOptions { StartUp = false, Woken = false }));
        await device.TalkAsync(Clips.Noise(805, 700));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        NotHeard(heard, SoundName.Woken);
        NotHeard(heard, SoundName.StartUp);
        heard.HeardWhole(answer, device.Session.Sent.Single().Sha256, Whole(heard, SoundName.DoneListening, 0));
    }

    [Fact]
    public async Task Sounds_SwitchedOff_HearNothingButTheAnswer()
    {
        var answer = Clips.Noise(806, 400);
        await using var device = await DeviceUnderTest.StartAsync(
            DeviceUnderTest.Answers(answer), Setup(new SoundOptions { Enabled = false }));
        await device.TalkAsync(Clips.Noise(807, 700));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        Assert.Equal(answer, heard.Samples.Where(sample => sample != 0));
    }

    [Fact]
    public async Task BargeIn_WithSounds_CutsTheAnswerWhereItWasHeardAndWakes()
    {
        var (first, second) = (Clips.Noise(808, 4_000), Clips.Noise(809, 400));
        await using var device = await DeviceUnderTest.StartAsync(
            DeviceUnderTest.Answers(first, second), Setup(new SoundOptions { StartUp = false }));
        await device.TalkAsync(Clips.Noise(810, 600));
        await device.HeardPartAsync(0, 1_000);
        await device.TalkAsync(Clips.Noise(811, 700));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        var cut = device.News.Of<ConversationNews.ItemCut>().Single();
        var answer = heard.Find(first);
        Assert.InRange(answer.Count, Clips.Samples(cut.PlayedMs) - 1, Clips.Samples(cut.PlayedMs) + 1);
        var woken = Whole(heard, SoundName.Woken, answer.End);
        Assert.Equal(second.Length, heard.Find(second, woken).Count);
    }

    [Fact]
    public async Task NoServer_IsToldAloudOnce()
    {
        await using var device = await DeviceUnderTest.StartAtAsync(
            new Uri("ws://127.0.0.1:1/v1/realtime"), Setup(new SoundOptions { StartUp = false, Language = HelpLanguage.German }));
        await device.News.UntilAsync(() => Errors(device) == 1, "an error that is told");
        await DeviceUnderTest.PassMsAsync(6_000);
        Assert.Equal(1, Errors(device));
        Assert.Equal(Trouble.NoInternet, device.News.State.LinkTrouble);
        var heard = await device.FinishAsync();
        var error = Whole(heard, SoundName.Error, 0);
        var bank = SoundBank.Load(new SoundOptions(), "de", Shipped, Clips.Rate);
        var help = Pcm(bank.Clips[bank.IndexOf(Trouble.NoInternet)!.Value].Samples);
        var place = heard.Find(help, error);
        Assert.InRange(place.Count, help.Length - TrailingZeros(help), help.Length);
        // Told once: nothing but silence follows.
        Assert.DoesNotContain(heard.Samples[place.End..], sample => sample != 0);
    }

    [Fact]
    public async Task NoServer_PressWhileItIsTold_EndsTheHelpAndWakes()
    {
        await using var device = await DeviceUnderTest.StartAtAsync(
            new Uri("ws://127.0.0.1:1/v1/realtime"), Setup(new SoundOptions { StartUp = false }));
        await device.News.UntilAsync(() => Errors(device) == 1, "an error that is told");
        await DeviceUnderTest.PassMsAsync(1_300);
        device.Button.Tap();
        await DeviceUnderTest.PassMsAsync(800);
        var heard = await device.FinishAsync();
        var woken = Whole(heard, SoundName.Woken, 0);
        Assert.DoesNotContain(heard.Samples[woken..], sample => sample != 0);
        Assert.InRange(woken, Clips.Samples(900), Clips.Samples(3_000));
    }

    private static int Errors(DeviceUnderTest device) =>
        device.News.Of<ConversationNews.Cued>().Count(news => news.Cue.Sound == SoundName.Error);

    private static DeviceSetup Setup(SoundOptions options) => new() { Sounds = SoundBank.Load(options, "en", Shipped, Clips.Rate) };

    private static short[] Tone(SoundName sound) => Pcm(ToneGenerator.Make(sound, Clips.Rate));

    private static short[] Pcm(float[] samples)
    {
        var pcm = new short[samples.Length];
        PcmConvert.ToInt16(samples, pcm);
        return pcm;
    }

    // Sample for sample, from a place on; returns where it ends. Zeros at its end cannot be told from silence.
    private static int Whole(HeardWav heard, SoundName sound, int from)
    {
        var tone = Tone(sound);
        var place = heard.Find(tone, from);
        Assert.True(place.Count >= tone.Length - TrailingZeros(tone), $"{sound}: {place.Count} of {tone.Length} samples");
        return place.End;
    }

    // A note of it may be one of another sound, too.
    private static void NotHeard(HeardWav heard, SoundName sound) => Assert.InRange(heard.Find(Tone(sound)).Count, 0, Tone(sound).Length * 3 / 4);

    private static int TrailingZeros(short[] samples) => samples.Length - 1 - Array.FindLastIndex(samples, sample => sample != 0);
}

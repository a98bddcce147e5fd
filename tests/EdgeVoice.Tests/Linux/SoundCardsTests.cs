using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Tests.Linux;

/// <summary>Against copies of what kernels show in /proc/asound and /sys.</summary>
public sealed class SoundCardsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ev-cards-").FullName;

    public SoundCardsTests()
    {
        Put("proc/asound/cards", """
             0 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones
                                  bcm2835 Headphones
             2 [Array          ]: USB-Audio - ReSpeaker 4 Mic Array (UAC1.0)
                                  SEEED ReSpeaker 4 Mic Array (UAC1.0) at usb-3f980000.usb-1.2, high spee

            """);
        Put("proc/asound/pcm", """
            00-00: bcm2835 Headphones : bcm2835 Headphones : playback 8
            02-00: USB Audio : USB Audio : playback 1 : capture 1
            07-00: Gone : Gone : capture 1

            """);
        Put("proc/asound/card2/usbid", "2886:0018\n");
        Put("proc/asound/card2/pcm0c/sub0/status", "state: RUNNING\nowner_pid   : 812\ntrigger_time: 1.2\n");
        Put("proc/asound/card2/pcm0p/sub0/status", "closed\n");
        Put("proc/812/comm", "arecord\n");
        Directory.CreateDirectory(Path.Combine(_root, "sys/class/sound/card2"));
        File.CreateSymbolicLink(Path.Combine(_root, "sys/class/sound/card2/device"), "../../../1-1.2:1.0");
    }

    [Fact]
    public void Read_OfTwoCards_KnowsTheirEndsWordsAndHolder()
    {
        Assert.Equal(
        [
            new SoundDevice("hw:CARD=Array,DEV=0", "USB-Audio - ReSpeaker 4 Mic Array (UAC1.0): USB Audio", true, true, "Array", 0, "usb:2886:0018", "usb:1-1.2", "arecord (pid 812)"),
            new SoundDevice("hw:CARD=Headphones,DEV=0", "bcm2835_headpho - bcm2835 Headphones: bcm2835 Headphones", false, true, "Headphones", 0, null, null, null),
        ], new SoundCards(_root).Read());
    }

    [Fact]
    public void HeldBy_AProcessThatIsNotSeen_GivesItsNumber()
    {
        Put("proc/asound/card2/pcm0c/sub0/status", "owner_pid   : 999\n");
        Assert.Equal("pid 999", new SoundCards(_root).HeldBy(2, 0, "c"));
        Assert.Null(new SoundCards(_root).HeldBy(2, 0, "p"));
        Assert.Null(new SoundCards(_root).HeldBy(3, 0, "cp"));
    }

    [Theory]
    [InlineData("Array", 2)]
    [InlineData("5", 5)]
    [InlineData("Nobody", null)]
    public void NumberOf_NameOrNumber_IsTheCards(string card, int? number) => Assert.Equal(number, new SoundCards(_root).NumberOf(card));

    [Fact]
    public void Read_WithoutSound_IsEmpty() => Assert.Empty(new SoundCards(Path.Combine(_root, "nowhere")).Read());

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Put(string file, string text)
    {
        var path = Path.Combine(_root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

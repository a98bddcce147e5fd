using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Tests.Linux;

public class DeviceWordsTests
{
    private static readonly SoundDevice Mic = new("hw:CARD=Array,DEV=0", "Array: USB Audio", true, false, "Array", 0, "usb:2886:0018", "usb:1-1.2", null);
    private static readonly SoundDevice Jack = new("hw:CARD=Headphones,DEV=0", "Headphones: jack", false, true, "Headphones", 0, null, null, null);
    private static readonly SoundDevice Screen = new("hw:CARD=vc4hdmi,DEV=0", "vc4-hdmi: MAI PCM", false, true, "vc4hdmi", 0, null, null, null);
    private static readonly SoundDevice Second = new("hw:CARD=Webcam,DEV=0", "Webcam: USB Audio", true, false, "Webcam", 0, "usb:046d:0825", "usb:1-1.3", null);

    [Theory]
    [InlineData("auto", true, "hw:CARD=Array,DEV=0")]
    [InlineData("auto", false, "hw:CARD=Headphones,DEV=0")]
    [InlineData("card:vc4hdmi", false, "hw:CARD=vc4hdmi,DEV=0")]
    [InlineData("usb:2886:0018", true, "hw:CARD=Array,DEV=0")]
    [InlineData("usb:1-1.2", true, "hw:CARD=Array,DEV=0")]
    [InlineData("default", true, "default")]
    [InlineData("plughw:2,0", true, "plughw:2,0")]
    [InlineData("usbstream:CARD=Array", true, "usbstream:CARD=Array")]
    public void Resolve_Words_MeanThePcm(string words, bool capture, string pcm) =>
        Assert.Equal(pcm, DeviceWords.Resolve(words, capture, () => [Mic, Jack, Screen]));

    [Fact]
    public void Resolve_WhatIsAPcm_LooksForNothing() =>
        Assert.Equal("hw:0", DeviceWords.Resolve("hw:0", true, () => throw new InvalidOperationException()));

    [Theory]
    [InlineData("usb:1-1.4", true, "capture device 'usb:1-1.4' is not plugged in; there are hw:CARD=Array,DEV=0 (Array: USB Audio), hw:CARD=Webcam,DEV=0 (Webcam: USB Audio)")]
    [InlineData("card:Array", false, "playback device 'card:Array' is not plugged in; there is no loudspeaker at all: plug one in")]
    [InlineData("auto", true, "capture device 'auto': there are several microphones, choose one: there are hw:CARD=Array,DEV=0 (Array: USB Audio), hw:CARD=Webcam,DEV=0 (Webcam: USB Audio)")]
    [InlineData("auto", false, "playback device 'auto': there is no loudspeaker at all: plug one in")]
    public void Resolve_WhenNoneOrManyAreMeant_SaysWhichThereAre(string words, bool capture, string message) =>
        Assert.Equal(message, Assert.Throws<AudioDeviceException>(() => DeviceWords.Resolve(words, capture, () => [Mic, Second])).Message);

    [Fact]
    public void Offer_WhenNearlyRight_NamesTheNearest() =>
        Assert.StartsWith("did you mean hw:CARD=Array,DEV=0? there is hw:", DeviceWords.Offer("hw:CARD=Aray", true, [Mic, Jack]));

    [Theory]
    [InlineData("hw:CARD=Mic,DEV=1", "Mic", 1)]
    [InlineData("plughw:2", "2", 0)]
    [InlineData("sysdefault:CARD=Array", "Array", 0)]
    public void Parse_CardNames_GiveCardAndDevice(string name, string card, int device) => Assert.Equal((card, device), OpenFailure.Parse(name));

    [Theory]
    [InlineData("default")]
    [InlineData("mic")]
    public void Parse_OtherNames_GiveNothing(string name) => Assert.Null(OpenFailure.Parse(name));
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Tests.Support;
using static EdgeVoice.Simulator.Devices.DeviceStringKind;

namespace EdgeVoice.Tests.Simulator.Devices;

public class DeviceStringsTests
{
    private delegate bool Parser(string text, out DeviceString device, out string error);

    [Theory]
    [InlineData("plughw:CARD=seeed2micvoicec", Hardware, "plughw:CARD=seeed2micvoicec", 0)]
    [InlineData("default", Hardware, "default", 0)]
    [InlineData("wav:/tmp/a:b.wav", Wav, "/tmp/a:b.wav", 0)]
    [InlineData("tone:440.5", Tone, "", 440.5)]
    [InlineData("null", Null, "", 0)]
    public void TryParseCapture_Good_IsTakenApart(string text, DeviceStringKind kind, string argument, double hz)
    {
        Assert.True(DeviceStrings.TryParseCapture(text, out var device, out var error));
        Assert.Equal((new DeviceString(kind, argument, hz), ""), (device, error));
        Assert.Equal(kind != Hardware, DeviceStrings.IsVirtual(text));
    }

    [Theory]
    [InlineData("capture", "tone:5")]
    [InlineData("capture", "tone:x")]
    [InlineData("capture", "tone:-440")]
    [InlineData("capture", "wav:")]
    [InlineData("capture", "")]
    [InlineData("capture", " ")]
    [InlineData("capture", "none")]
    [InlineData("capture", "script:x")]
    [InlineData("playback", "tone:440")]
    [InlineData("playback", "terminal")]
    [InlineData("button", "null")]
    [InlineData("button", "script:")]
    [InlineData("leds", "wav:x")]
    public void TryParse_Wrong_OneLineThatNamesIt(string device, string text)
    {
        Parser parse = device switch
        {
            "capture" => DeviceStrings.TryParseCapture,
            "playback" => DeviceStrings.TryParsePlayback,
            "button" => DeviceStrings.TryParseButton,
            _ => DeviceStrings.TryParseLeds,
        };
        Assert.False(parse(text, out _, out var error));
        Assert.Contains($"'{text}'", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void TryParse_OtherDevices_TheirForms()
    {
        Assert.True(DeviceStrings.TryParsePlayback("wav:out.wav", out var playback, out _));
        Assert.Equal(new DeviceString(Wav, "out.wav"), playback);
        Assert.True(DeviceStrings.TryParseButton("script:a.txt", out var button, out _));
        Assert.Equal(new DeviceString(Script, "a.txt"), button);
        Assert.True(DeviceStrings.TryParseButton("none", out button, out _));
        Assert.Equal(new DeviceString(None), button);
        Assert.True(DeviceStrings.TryParseLeds("terminal", out var leds, out _));
        Assert.Equal(new DeviceString(DeviceStringKind.Terminal), leds);
        Assert.True(DeviceStrings.TryParseLeds("/dev/spidev0.0", out leds, out _));
        Assert.Equal(new DeviceString(Hardware, "/dev/spidev0.0"), leds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("RIFF")]
    [InlineData("<html>not found</html> and so on, long enough for a header of forty-four bytes")]
    public void Capture_MissingOrBadWav_OneLineThatNamesIt(string? content)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        if (content is not null) File.WriteAllText(path, content);
        var open = DeviceStrings.Capture(new DeviceString(Wav, path), new ManualTime());
        var error = Assert.Throws<AudioDeviceException>(() => open());
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        File.Delete(path);
    }

    [Fact]
    public void Capture_Good_OpensThem()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using (var writer = new WavWriter(path, 16_000, 2)) writer.Write(new short[320]);
        using var wav = DeviceStrings.Capture(new DeviceString(Wav, path), new ManualTime())();
        using var tone = DeviceStrings.Capture(new DeviceString(Tone, Hz: 440), new ManualTime())();
        using var silence = DeviceStrings.Capture(new DeviceString(Null), new ManualTime())();
        File.Delete(path);
        Assert.Equal((16_000, 2), (wav.Format.Rate, wav.Format.Channels));
        Assert.IsType<ToneSource>(tone);
        Assert.IsType<NullSource>(silence);
    }

    [Fact]
    public void Capture_Hardware_Throws() =>
        Assert.Throws<ArgumentException>(() => DeviceStrings.Capture(new DeviceString(Hardware, "default"), new ManualTime()));
}

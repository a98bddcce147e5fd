using System.Globalization;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Verbs;

public sealed class AudioVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgevoice-audio-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Input => Path.Combine(_folder.FullName, "in.wav");

    private string Target => Path.Combine(_folder.FullName, "out.wav");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(48_000, 24_000, 4_801, 2_401)]
    [InlineData(8_000, 24_000, 801, 2_403)]
    [InlineData(44_100, 24_000, 4_411, 2_401)]
    [InlineData(16_000, 16_000, 1_000, 1_000)]
    public async Task Resample_WhenStereo_KeepsChannelsAndTime(int from, int to, int frames, int expectedFrames)
    {
        // A tone on the left, silence on the right.
        const double Hz = 440;
        var samples = new short[frames * 2];
        for (var i = 0; i < frames; i++) samples[i * 2] = Sine(Hz, i, from);
        Write(samples, from);

        Assert.Equal(0, await Resample(to.ToString(CultureInfo.InvariantCulture)));

        var result = WavFile.Read(Target);
        Assert.Equal((to, 2, expectedFrames), (result.Rate, result.Channels, result.Frames));
        Assert.Empty(_error.ToString());
        // Away from the file's hard edges the tone stands where it stood: a delay of one sample would be off by 0.05.
        for (var i = expectedFrames / 4; i < expectedFrames * 3 / 4; i++)
        {
            Assert.Equal(Sine(Hz, i, to) / 32768.0, result.Interleaved[i * 2], 0.01);
            Assert.Equal(0, result.Interleaved[i * 2 + 1]);
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public async Task Resample_AtTheSameRate_DithersOnlyWhatHasMoreBits(int bits)
    {
        // A quarter of a step of 16 bits above zero: without dither nothing of it would be left.
        await File.WriteAllBytesAsync(Input, bits == 16 ? WavBytes16() : WavBytes24());
        Assert.Equal(0, await Resample("8000"));
        var samples = WavFile.Read(Target).ToMono16(8_000);
        if (bits == 16) Assert.Equal([.. Enumerable.Range(0, 8_000).Select(i => (short)(i % 100))], samples);
        else Assert.Equal(0.25, samples.Average(sample => (double)sample), 0.05);
    }

    [Theory]
    [InlineData("999")]
    [InlineData("384001")]
    [InlineData("-8000")]
    [InlineData("fast")]
    public async Task Resample_WhenTheRateIsNone_Returns2(string rate)
    {
        Write(new short[100], 8_000);
        Assert.Equal(2, await Resample(rate));
        OneLine("from 1000 to 384000");
    }

    [Fact]
    public async Task Resample_WhenTheInputIsMissing_Returns2()
    {
        Assert.Equal(2, await Resample("8000"));
        OneLine("in.wav: no such file");
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Resample_WhenTheInputIsNoWav_Returns2AndLeavesTheTargetAlone()
    {
        await File.WriteAllTextAsync(Input, "<html>");
        await File.WriteAllTextAsync(Target, "kept");
        Assert.Equal(2, await Resample("8000"));
        OneLine("in.wav");
        Assert.Equal("kept", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task Resample_WhenTheTargetCannotBeWritten_Returns3()
    {
        Write(new short[100], 8_000);
        Directory.CreateDirectory(Target);
        Assert.Equal(3, await Resample("16000"));
        OneLine("out.wav: cannot be written");
    }

    private static byte[] WavBytes16()
    {
        using var stream = new MemoryStream();
        using (var writer = new WavWriter(stream, 8_000, 1, leaveOpen: true))
            writer.Write([.. Enumerable.Range(0, 8_000).Select(i => (short)(i % 100))]);
        return stream.ToArray();
    }

    // The header of 16 bits with the four fields that 24 bits have otherwise.
    private static byte[] WavBytes24()
    {
        var header = WavBytes16().AsSpan(0, 44).ToArray();
        BitConverter.TryWriteBytes(header.AsSpan(28), 24_000);
        BitConverter.TryWriteBytes(header.AsSpan(32), (short)3);
        BitConverter.TryWriteBytes(header.AsSpan(34), (short)24);
        BitConverter.TryWriteBytes(header.AsSpan(40), 24_000);
        return [.. header, .. Enumerable.Repeat((byte[])[64, 0, 0], 8_000).SelectMany(sample => sample)];
    }

    private Task<int> Resample(string rate) =>
        Program.InvokeAsync(["audio", "resample", Input, Target, "--rate", rate], Program.Compose(_output, _error), _output, _error);

    private void OneLine(string part)
    {
        var text = _error.ToString();
        Assert.Equal(1, text.Count(c => c == '\n'));
        Assert.Contains(part, text, StringComparison.Ordinal);
    }

    private void Write(ReadOnlySpan<short> interleaved, int rate)
    {
        using var writer = new WavWriter(Input, rate, 2);
        writer.Write(interleaved);
    }

    private static short Sine(double hz, int sample, int rate) => (short)Math.Round(Math.Sin(2 * Math.PI * hz * sample / rate) * 16_384);
}

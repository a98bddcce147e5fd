using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Audio;

public class WavFileTests
{
    private static readonly byte[] Three = WavBytes.Samples(1, -2, 300);

    [Theory]
    [InlineData(1, 8, new byte[] { 128, 0, 192 }, new[] { 0f, -1f, .5f })]
    [InlineData(1, 16, new byte[] { 0, 0x40, 0, 0x80 }, new[] { .5f, -1f })]
    [InlineData(1, 12, new byte[] { 0, 0x40, 0, 0x80 }, new[] { .5f, -1f })]
    [InlineData(1, 24, new byte[] { 0, 0, 0x40, 0, 0, 0x80 }, new[] { .5f, -1f })]
    [InlineData(1, 32, new byte[] { 0, 0, 0, 0x40 }, new[] { .5f })]
    [InlineData(3, 32, new byte[] { 0, 0, 0, 0x3F }, new[] { .5f })]
    [InlineData(3, 64, new byte[] { 0, 0, 0, 0, 0, 0, 0xE0, 0x3F }, new[] { .5f })]
    [InlineData(6, 8, new byte[] { 0xD5 }, new[] { 8 / 32768f })]
    [InlineData(7, 8, new byte[] { 0x80 }, new[] { 32124 / 32768f })]
    public void Read_OfEveryFormat_PlainAndExtensible_GivesTheSamples(int tag, int bits, byte[] data, float[] expected)
    {
        foreach (var format in new[] { WavBytes.Format(tag, 1, 11_025, bits), WavBytes.Extensible(tag, 1, 11_025, bits) })
        {
            var audio = Read(WavBytes.File(format, data));
            Assert.Equal(expected, audio.Interleaved);
            Assert.Equal((11_025, 1, expected.Length), (audio.Rate, audio.Channels, audio.Frames));
        }
    }

    [Fact]
    public void Read_ManyChannels_KeepsWholeFramesOnly()
    {
        var audio = Read(WavBytes.File(WavBytes.Format(1, 64, 384_000, 16), WavBytes.Samples(new short[64 * 3 + 5])));
        Assert.Equal((3, 64 * 3), (audio.Frames, audio.Interleaved.Length));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_ChunksBetween_AreSkippedWithAndWithoutPadding(bool pad)
    {
        var list = WavBytes.Chunk("LIST", new byte[] { 1, 2, 3, 4, 5 }, pad);
        var bytes = WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), Three, null, list, list);
        Assert.Equal([1, -2, 300], Read(bytes).ToMono16(8_000));
    }

    [Fact]
    public void Read_ChunkBehindTheSamples_IsNotHeard()
    {
        byte[] bytes = [.. WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), Three), .. WavBytes.Chunk("LIST", new byte[40])];
        Assert.Equal([1, -2, 300], Read(bytes).ToMono16(8_000));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(100u)]
    public void Read_LengthUnknownOrTooLong_TakesWhatIsThere(uint claimed)
    {
        var bytes = WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), [.. Three, 9], claimed);
        Assert.Equal([1, -2, 300], Read(bytes).ToMono16(8_000));
        Assert.Equal([1, -2, 300], WavFile.Read(new WavBytes.Pipe(bytes, 3), "pipe").ToMono16(8_000));
    }

    [Fact]
    public void Read_ClaimOfGigabytes_AllocatesForRealBytesOnly()
    {
        var bytes = WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), Three, 0xFFFFFFF0);
        var before = ThreadAllocations.Mark();
        Read(bytes);
        Assert.InRange(ThreadAllocations.Since(before), 0, 200_000);
    }

    [Fact]
    public void Read_Rf64_TakesTheLongLength()
    {
        byte[] sizes = [.. new byte[8], .. WavBytes.U32(4), .. new byte[16]];
        byte[] bytes = [.. "RF64"u8, .. WavBytes.U32(uint.MaxValue), .. "WAVE"u8, .. WavBytes.Chunk("ds64", sizes, pad: false),
            .. WavBytes.Chunk("fmt ", WavBytes.Format(1, 1, 8_000, 16)), .. "data"u8, .. WavBytes.U32(uint.MaxValue), .. Three];
        Assert.Equal([1, -2], Read(bytes).ToMono16(8_000));
    }

    public static TheoryData<byte[], string> BadFiles() => new()
    {
        { [], "not a WAV file" },
        { [.. "OggS and so on, for a while"u8], "not a WAV file" },
        { [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8], "no format (fmt) and no samples" },
        { [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8, .. WavBytes.Chunk("data", new byte[8])], "no format (fmt) stands before" },
        { [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8, .. WavBytes.Chunk("fmt ", WavBytes.Format(1, 1, 8_000, 16))], "data chunk is missing" },
        { [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8, .. "fmt "u8, 16, 0, 0, 0, 1, 0], "ends within its header" },
        { [.. "RIFF"u8, 4, 0, 0, 0, .. "WAVE"u8, .. WavBytes.Chunk("fmt ", new byte[10])], "absurd header (format of 10" },
        { WavBytes.File(WavBytes.Format(2, 1, 8_000, 4), Three), "unsupported codec (format tag 0x0002" },
        { WavBytes.File(WavBytes.Format(0x55, 1, 44_100, 16), Three), "unsupported codec (format tag 0x0055" },
        { WavBytes.File(WavBytes.Format(1, 0, 8_000, 16), Three), "absurd header (0 channels" },
        { WavBytes.File(WavBytes.Format(1, 65, 8_000, 16), Three), "absurd header (65 channels" },
        { WavBytes.File(WavBytes.Format(1, 1, 999, 16), Three), "absurd header (999 frames" },
        { WavBytes.File(WavBytes.Format(1, 1, -1, 16), Three), "absurd header (4294967295 frames" },
        { WavBytes.File([.. WavBytes.Format(1, 2, 8_000, 16)[..12], 7, 0, 16, 0], Three), "absurd header (frames of 7 bytes" },
        { WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), []), "empty (no samples)" },
        { [.. WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), []), .. WavBytes.Chunk("LIST", new byte[6])], "empty (no samples)" },
        { WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), [5]), "empty (no samples)" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Read_BadFile_SaysSoInOneLine(byte[] bytes, string expected)
    {
        var thrown = Assert.Throws<WavFormatException>(() => Read(bytes));
        Assert.StartsWith("x.wav: ", thrown.Message);
        Assert.Contains(expected, thrown.Message);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    [Fact]
    public void Read_EveryPrefixAndEveryFlippedByte_WorksOrSaysWhy()
    {
        var good = WavBytes.File(WavBytes.Extensible(1, 2, 8_000, 16), Three, null, WavBytes.Chunk("LIST", new byte[5]));
        for (var at = 0; at < good.Length; at++)
        {
            TryRead(good[..at]);
            foreach (byte value in new byte[] { 0, 1, 0x7F, 0xFF })
            {
                var bad = (byte[])good.Clone();
                bad[at] = value;
                TryRead(bad);
            }
        }
    }

    [Fact]
    public void Read_MissingFileOrDirectory_NamesIt()
    {
        var path = Path.Combine(Path.GetTempPath(), "no-such-directory-here", "question.wav");
        Assert.Equal($"{path}: no such file; check the path", Assert.Throws<WavFormatException>(() => WavFile.Read(path)).Message);
        Assert.Contains("directory", Assert.Throws<WavFormatException>(() => WavFile.Read(Path.GetTempPath())).Message);
    }

    [Fact]
    public void ToMono16_SameRateMono_IsBitExact()
    {
        short[] all = [.. Enumerable.Range(short.MinValue, 65_536).Select(s => (short)s)];
        var audio = Read(WavBytes.File(WavBytes.Format(1, 1, 24_000, 16), WavBytes.Samples(all)));
        Assert.Equal(all, audio.ToMono16(24_000));
    }

    [Theory]
    [InlineData(11_025)]
    [InlineData(44_100)]
    [InlineData(96_000)]
    public void ToMono16_OtherRate_StaysInPlace(int rate)
    {
        // Two channels in phase: the tone comes out at the new rate, as long as before and without delay.
        var frames = rate / 5;
        var samples = new short[2 * frames];
        for (var i = 0; i < frames; i++) samples[2 * i] = samples[2 * i + 1] = (short)(10_000 * Math.Sin(2 * Math.PI * 440 * i / rate));
        var mono = Read(WavBytes.File(WavBytes.Format(1, 2, rate, 16), WavBytes.Samples(samples))).ToMono16(24_000);
        Assert.Equal(24_000 / 5, mono.Length);
        for (var i = 300; i < mono.Length - 300; i++)
            Assert.InRange(mono[i] - 10_000 * Math.Sin(2 * Math.PI * 440 * i / 24_000), -40, 40);
    }

    private static void TryRead(byte[] bytes)
    {
        try
        {
            Assert.NotEmpty(Read(bytes).Interleaved);
        }
        catch (WavFormatException)
        {
            // The expected end of a bad file; any other exception fails the test.
        }
    }

    private static WavAudio Read(byte[] bytes) => WavFile.Read(new MemoryStream(bytes), "x.wav");
}

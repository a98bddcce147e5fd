using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Audio;

public class WavStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(4096)]
    public void Read_FromAPipeInPieces_CarriesBrokenFrames(int most)
    {
        short[] samples = [.. Enumerable.Range(0, 6_000).Select(i => (short)(i * 7))];
        // The header's claim of four bytes is ignored on a pipe; half a frame at the end is dropped.
        byte[] bytes = [.. WavBytes.File(WavBytes.Format(1, 2, 48_000, 16), WavBytes.Samples(samples), 4), 1, 2, 3];
        using var reader = new WavStreamReader(new WavBytes.Pipe(bytes, most));
        Assert.Equal((48_000, 2), (reader.Rate, reader.Channels));
        var got = new List<short>();
        var room = new float[101];
        var block = new short[room.Length];
        for (int count; (count = reader.Read(room)) > 0;)
        {
            Assert.Equal(0, count % 2);
            PcmConvert.ToInt16(room.AsSpan(0, count), block);
            got.AddRange(block[..count]);
        }

        Assert.Equal(samples, got);
        Assert.Equal(0, reader.Read(room));
        Assert.Throws<ArgumentException>(() => reader.Read(new float[1]));
    }

    [Fact]
    public void Read_FromAFile_EndsBeforeTrailingChunks()
    {
        byte[] bytes = [.. WavBytes.File(WavBytes.Format(1, 1, 8_000, 16), WavBytes.Samples(1, 2, 3)), .. WavBytes.Chunk("LIST", new byte[50])];
        using var reader = new WavStreamReader(new MemoryStream(bytes));
        Assert.Equal(3, reader.Read(new float[100]));
        Assert.Equal(0, reader.Read(new float[100]));
    }

    [Fact]
    public void Constructor_NoWav_Throws() =>
        Assert.Throws<WavFormatException>(() => new WavStreamReader(new MemoryStream(new byte[100]), "fifo"));

    [Fact]
    public void Writer_ToAFile_IsReadBack()
    {
        var path = Path.Combine(Path.GetTempPath(), $"edgevoice-{Guid.NewGuid():N}.wav");
        try
        {
            using (var writer = new WavWriter(path, 24_000, 2))
            {
                writer.Write([1, 2, 3, 4]);
                writer.WriteSilence(10_000);
                writer.Write([5, -6]);
                Assert.Equal(10_003, writer.Frames);
                Assert.Throws<ArgumentException>(() => writer.Write([1]));
                // Even before it is complete the file is a WAV that lasts until its end.
                writer.Flush();
                Assert.Equal(10_003, WavFile.Read(path).Frames);
            }

            var audio = WavFile.Read(path);
            Assert.Equal((24_000, 2, 10_003), (audio.Rate, audio.Channels, audio.Frames));
            Assert.Equal(-6 / 32768f, audio.Interleaved[^1]);
            var bytes = File.ReadAllBytes(path);
            Assert.Equal((bytes.Length - 8, bytes.Length - 44), (BitConverter.ToInt32(bytes, 4), BitConverter.ToInt32(bytes, 40)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Writer_ToAStream_LeavesItOpenAndStartsWhereItStands()
    {
        var stream = new MemoryStream();
        stream.Write([9, 9, 9]);
        using (var writer = new WavWriter(stream, 8_000, 1, leaveOpen: true)) writer.Write([7]);
        Assert.Equal(3 + 44 + 2, stream.Position);
        stream.Position = 3;
        Assert.Equal([7], WavFile.Read(stream, "stream").ToMono16(8_000));
    }

    [Fact]
    public void Write_AfterTheFirst_AllocatesNothing()
    {
        using var writer = new WavWriter(Stream.Null, 24_000, 1, leaveOpen: false);
        var block = new short[480];
        writer.Write(block);
        var before = ThreadAllocations.Mark();
        for (var i = 0; i < 100; i++) writer.Write(block);
        Assert.Equal(0, ThreadAllocations.Since(before));
    }
}

using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class AppendEncoderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(960)]
    [InlineData(4801)]
    public void Encode_AnyLength_IsTheEventOfTheWriter(int length)
    {
        var audio = new byte[length];
        new Random(length).NextBytes(audio);
        var output = new byte[AppendEncoder.MaxLength(length) + 3];
        var written = AppendEncoder.Encode(audio, output);
        var json = Encoding.UTF8.GetString(output, 0, written);
        Assert.Equal("{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + Convert.ToBase64String(audio) + "\"}", json);
        Assert.Equal(json, ClientEventWriterTests.Write(new InputAudioBufferAppend(audio)));
        using var document = JsonDocument.Parse(json);
        Assert.Empty(ClientEventFields.Check(document.RootElement));
    }

    [Fact]
    public void Encode_DestinationTooShort_Throws() =>
        Assert.Throws<ArgumentException>(() => AppendEncoder.Encode(new byte[3], new byte[AppendEncoder.MaxLength(3) - 1]));

    [Fact]
    public void MaxLength_OfNegative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => AppendEncoder.MaxLength(-1));

    [Fact]
    public void Encode_TenThousandTimes_AllocatesNothing()
    {
        var audio = new byte[1920];
        var output = new byte[AppendEncoder.MaxLength(audio.Length)];
        Encode(100);
        var before = ThreadAllocations.Mark();
        Encode(10_000);
        Assert.Equal(0, ThreadAllocations.Since(before));

        void Encode(int times)
        {
            for (var i = 0; i < times; i++)
                AppendEncoder.Encode(audio, output);
        }
    }
}

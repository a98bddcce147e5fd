using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class AudioFormatTests
{
    [Theory]
    [InlineData("pcm16", "audio/pcm", 24000, 2)]
    [InlineData("audio/pcm", "audio/pcm", 24000, 2)]
    [InlineData("g711_ulaw", "audio/pcmu", 8000, 1)]
    [InlineData("pcmu", "audio/pcmu", 8000, 1)]
    [InlineData("g711_alaw", "audio/pcma", 8000, 1)]
    [InlineData("audio/pcma", "audio/pcma", 8000, 1)]
    public void FromName_KnownName_GivesRateAndWidth(string name, string type, int rate, int bytes)
    {
        var format = AudioFormat.FromName(name)!;
        Assert.Equal((type, rate, bytes), (format.Type, format.Rate, format.BytesPerSample));
    }

    [Fact]
    public void FromName_OtherName_IsNull() => Assert.Null(AudioFormat.FromName("opus"));

    [Fact]
    public void Write_OtherRate_IsKept()
    {
        var session = new Session { Audio = new SessionAudio(new AudioInput(new AudioFormat("audio/pcm", 16000))) };
        Assert.Contains("""{"type":"audio/pcm","rate":16000}""", ClientEventWriterTests.Write(new SessionUpdate(session)), StringComparison.Ordinal);
    }

    [Fact]
    public void Optional_Unassigned_DiffersFromNull()
    {
        Assert.False(new AudioInput().TurnDetection.IsPresent);
        Assert.True(new AudioInput { TurnDetection = null }.TurnDetection.IsNull);
        Assert.False(new AudioInput { TurnDetection = new ServerVad() }.TurnDetection.IsNull);
    }
}

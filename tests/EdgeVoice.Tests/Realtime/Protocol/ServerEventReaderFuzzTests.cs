using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>Broken messages are values: a part of the million that the benchmarks' command <c>fuzz</c> reads.</summary>
public class ServerEventReaderFuzzTests
{
    private const int Messages = 10_000;

    [Theory]
    [InlineData(1, false, AudioCoding.Pcm16)]
    [InlineData(2, true, AudioCoding.Pcm16)]
    [InlineData(3, false, AudioCoding.MuLaw)]
    [InlineData(4, true, AudioCoding.ALaw)]
    public void ReceivePath_MutatedEvents_NeverThrows(int seed, bool handsFree, AudioCoding coding)
    {
        var fuzz = new WireFuzz(seed, handsFree, coding);
        var thrown = fuzz.Run(Messages);
        Assert.True(thrown is null, thrown);
        // Neither all broken nor all whole, or little was tried.
        Assert.InRange(fuzz.Counters.Malformed, Messages / 5, Messages);
        Assert.InRange(fuzz.Counters.Events - fuzz.Counters.Malformed - fuzz.Counters.UnknownEvents, Messages / 5, Messages);
        Assert.InRange(fuzz.Counters.UnknownEvents, Messages / 500, Messages / 2);
        Assert.InRange(fuzz.Counters.AudioDeltas, Messages / 50, Messages);
        Assert.InRange(fuzz.BadBase64, Messages / 1_000, Messages);
    }

    [Fact]
    public void Read_Garbage_NeverThrows()
    {
        var reader = new ServerEventReader(new ProtocolCounters());
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.IsType<MalformedServerEvent>(reader.Read(bytes));
            Assert.False(reader.TryReadAudioDelta(bytes, out _));
        }
    }
}

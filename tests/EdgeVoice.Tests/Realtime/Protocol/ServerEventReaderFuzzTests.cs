using System.Text;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

public class ServerEventReaderFuzzTests
{
    private static readonly string[] Tokens =
        ["null", "7", "-1e400", "\"x\"", "[]", "{}", "true", "\\u12", "\"type\"", "{\"type\":", "\u0000", "\uFEFF", "99999999999999999999"];

    [Fact]
    public void Read_MutatedExamples_NeverThrows()
    {
        var counters = new ProtocolCounters();
        var reader = new ServerEventReader(counters);
        var examples = ProtocolFiles.ServerEvents().Select(e => Encoding.UTF8.GetBytes(e.Json)).ToArray();
        var random = new Random(20261122);
        for (var i = 0; i < 20_000; i++)
        {
            var json = Mutate(examples[random.Next(examples.Length)], random);
            var e = reader.Read(json);
            Assert.NotNull(e);
            reader.TryReadAudioDelta(json, out _);
            if (e is not MalformedServerEvent)
                ServerEventRoundTripTests.Write(e);
        }

        Assert.Equal(20_000, counters.Events);
        Assert.InRange(counters.Malformed, 5_000, 19_000);
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

    private static byte[] Mutate(byte[] original, Random random)
    {
        var json = new List<byte>(original);
        for (var n = random.Next(1, 4); n > 0 && json.Count > 0; n--)
        {
            var at = random.Next(json.Count);
            switch (random.Next(6))
            {
                case 0:
                    json[at] = (byte)random.Next(256);
                    break;
                case 1:
                    json.RemoveAt(at);
                    break;
                case 2:
                    json.RemoveRange(at, json.Count - at);
                    break;
                case 3:
                    json.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
                    break;
                case 4:
                    ReplaceValue(json, random);
                    break;
                default:
                    json.InsertRange(at, json.GetRange(at, Math.Min(random.Next(40), json.Count - at)));
                    break;
            }
        }

        return [.. json];
    }

    /// <summary>Puts another kind of value behind one of the colons.</summary>
    private static void ReplaceValue(List<byte> json, Random random)
    {
        var colons = Enumerable.Range(0, json.Count).Where(i => json[i] == ':').ToArray();
        if (colons.Length == 0)
            return;
        var start = colons[random.Next(colons.Length)] + 1;
        var end = start;
        while (end < json.Count && json[end] is not ((byte)',' or (byte)'}' or (byte)']'))
            end++;
        json.RemoveRange(start, end - start);
        json.InsertRange(start, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)]));
    }
}

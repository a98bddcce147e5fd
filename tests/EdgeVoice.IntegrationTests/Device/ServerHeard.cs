using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>What the server took for a turn, in samples.</summary>
internal static class ServerHeard
{
    /// <summary>The samples of a committed item: found in all that was appended by the hash the server computed.</summary>
    public static short[] Committed(SimulatedSession session, int index = 0)
    {
        var committed = session.Committed;
        Assert.True(index < committed.Count, $"{committed.Count} turns were committed, {index + 1} are expected");
        var (item, all) = (committed[index], session.ReceivedAudio());
        var before = committed.Take(index).Sum(c => c.Samples);
        var frame = item.Rate / 50;
        // Push to talk: what follows the turn before, or ends what was sent. Turn detection: ends on a frame of 20 ms.
        IEnumerable<int> starts =
            [before, all.Length - item.Samples, .. AfterClears(session, item.Rate), .. Enumerable.Range(0, all.Length / frame + 1).Select(f => f * frame - item.Samples)];
        foreach (var start in starts.Where(s => s >= 0 && s + item.Samples <= all.Length))
        {
            var samples = all.AsSpan(start, item.Samples);
            if (Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(samples))) == item.Sha256) return samples.ToArray();
        }

        throw new InvalidOperationException("the committed audio is not a stretch of what was appended");
    }

    // What was appended and taken back lies before the turn after it.
    private static IEnumerable<int> AfterClears(SimulatedSession session, int rate)
    {
        var at = 0;
        foreach (var wire in session.ClientEvents.Select(text => JsonNode.Parse(text)!))
        {
            var type = wire["type"]!.GetValue<string>();
            if (type == "input_audio_buffer.append") at += Convert.FromBase64String(wire["audio"]!.GetValue<string>()).Length / (rate == 8_000 ? 1 : 2);
            else if (type == "input_audio_buffer.clear") yield return at;
        }
    }

    /// <summary>Asserts that the turn holds the speech sample for sample; returns the place of its first sample.</summary>
    public static int Holds(ReadOnlySpan<short> turn, ReadOnlySpan<short> speech)
    {
        var at = turn.IndexOf(speech);
        Assert.True(at >= 0, $"the server's turn of {turn.Length} samples does not hold the {speech.Length} samples of speech");
        return at;
    }
}

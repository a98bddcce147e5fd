using System.Runtime.InteropServices;
using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Downlink;

/// <summary>A downlink over rings of chosen size.</summary>
internal sealed class DownlinkBench
{
    public DownlinkBench(int room = 1 << 12, int segments = 64, AudioCoding coding = AudioCoding.Pcm16, int rate = 24_000)
    {
        Samples = new SpscRingBuffer<short>(room);
        Segments = new SpscRingBuffer<PlaybackSegment>(segments);
        Downlink = new AudioDownlink(Samples, Segments, coding, rate, new ManualTime(), Items.Add, () => Wakes++);
    }

    public SpscRingBuffer<short> Samples { get; }

    public SpscRingBuffer<PlaybackSegment> Segments { get; }

    public AudioDownlink Downlink { get; }

    public List<AudioItem> Items { get; } = [];

    public int Wakes { get; private set; }

    public static byte[] Encode(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes));

    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public void Delta(ReadOnlySpan<byte> bytes, string item = "i", string response = "r", int part = 0) =>
        Raw(Encode(bytes), item, response, part);

    public void Raw(ReadOnlySpan<byte> base64, string item = "i", string response = "r", int part = 0) =>
        Downlink.Write(Encoding.UTF8.GetBytes(response), Encoding.UTF8.GetBytes(item), part, base64);

    /// <summary>Everything that waits, as samples.</summary>
    public short[] Drain()
    {
        var all = new short[Samples.Count];
        Assert.Equal(all.Length, Samples.Read(all));
        return all;
    }

    /// <summary>Everything that waits, sorted to items by its segments.</summary>
    public Dictionary<AudioItem, short[]> ByItem()
    {
        var segments = new PlaybackSegment[Segments.Count];
        Segments.Read(segments);
        var from = Samples.ReleasedPosition;
        var all = Drain();
        var items = new Dictionary<AudioItem, List<short>>();
        for (var i = 0; i < segments.Length; i++)
        {
            var end = i + 1 < segments.Length ? segments[i + 1].Start : from + all.Length;
            if (!items.TryGetValue(segments[i].Item, out var kept)) items[segments[i].Item] = kept = [];
            Assert.Equal(kept.Count, segments[i].ItemSample);
            kept.AddRange(all[(int)(segments[i].Start - from)..(int)(end - from)]);
        }

        return items.ToDictionary(i => i.Key, i => i.Value.ToArray());
    }

    public static short[] AsSamples(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, short>(bytes[..(bytes.Length & ~1)]).ToArray();
}

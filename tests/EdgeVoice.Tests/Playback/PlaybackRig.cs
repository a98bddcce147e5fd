using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Playback;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Tests.Playback;

/// <summary>A loop without a thread, on a fake card; plays the receive loop's and the conversation's part.</summary>
internal sealed class PlaybackRig
{
    public const int Rate = 24_000;
    public static readonly AudioStreamFormat Card = new(Rate, 1, 240, 720);

    private AudioItem? _item;
    private int _epoch = -1;
    private int _next;

    public PlaybackRig(AudioStreamFormat? format = null, PlaybackQueues? queues = null, params SoundClip[] clips)
    {
        Queues = queues ?? new PlaybackQueues(1 << 17, 16, 1 << 12, 1 << 17);
        Loop = new PlaybackLoop(Open, Queues, Control, Rate, clips, Time, NullLogger<PlaybackLoop>.Instance);
        Format = format ?? Card;
    }

    public FakeSinkTime Time { get; } = new();

    public PlaybackQueues Queues { get; }

    public PlaybackControl Control { get; } = new();

    public PlaybackLoop Loop { get; }

    public AudioStreamFormat Format { get; set; }

    public bool IsMissing { get; set; }

    public List<FakeSink> Sinks { get; } = [];

    public FakeSink Sink => Sinks[^1];

    public List<PlayedMark> Marks { get; } = [];

    /// <summary>All samples sent, in order.</summary>
    public List<short> Sent { get; } = [];

    /// <summary>What was heard on all cards so far, first channel, without silence.</summary>
    public short[] Sound => [.. Sinks.SelectMany(s => s.Heard.Where((_, i) => i % s.Format.Channels == 0))
        .Select(x => (short)MathF.Round(x * 32768)).Where(x => x != 0)];

    /// <summary>Enqueues samples that all differ from their neighbours and are never 0, as the receive loop would.</summary>
    public void Say(AudioItem item, int count, int? epoch = null)
    {
        var samples = new short[count];
        foreach (ref var sample in samples.AsSpan()) sample = (short)(1 + (_next++ % 30_000));
        Say(item, samples, epoch);
    }

    public void Say(AudioItem item, short[] samples, int? epoch = null)
    {
        var inForce = epoch ?? Control.Epoch;
        if (!ReferenceEquals(item, _item) || inForce != _epoch)
            Assert.True(Queues.Segments.TryWrite(new PlaybackSegment(Queues.Samples.WritePosition, item, item.ReceivedSamples, inForce)));
        (_item, _epoch) = (item, inForce);
        Assert.Equal(samples.Length, Queues.Samples.Write(samples));
        item.Count(samples.Length, samples.Length);
        Sent.AddRange(samples);
        Loop.Wake();
    }

    public void Run(double ms)
    {
        Time.LimitNs = Time.NowNs + (long)(ms * 1e6);
        for (var steps = 0; Time.NowNs < Time.LimitNs; steps++)
        {
            Assert.True(steps < 100_000, "the loop spins");
            Step();
        }
    }

    public void Step()
    {
        if (!Loop.Step()) Time.MoveTo(Time.NowNs + 50_000_000);
        while (Queues.Marks.TryRead(out var mark)) Marks.Add(mark);
    }

    public PlayedMark Last(PlayedMarkKind kind) => Marks.Last(m => m.Kind == kind);

    public int CountOf(PlayedMarkKind kind) => Marks.Count(m => m.Kind == kind);

    public List<(BlockHeader Header, short[] Samples)> ReadReference()
    {
        var blocks = new List<(BlockHeader, short[])>();
        var buffer = new short[PlaybackQueues.MaxReferenceBlock];
        while (Queues.Reference.TryRead(out var header, buffer)) blocks.Add((header, buffer[..header.Count]));
        return blocks;
    }

    public static AudioItem NewItem(string id = "item_1") => new("resp_1", id, 0, Rate);

    private FakeSink Open()
    {
        if (IsMissing) throw new AudioDeviceException("no fake loudspeaker");
        Sinks.Add(new FakeSink(Time, Format));
        return Sink;
    }
}

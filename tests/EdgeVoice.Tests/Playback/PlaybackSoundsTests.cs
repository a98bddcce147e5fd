using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Echo;
using EdgeVoice.Core.Playback;

namespace EdgeVoice.Tests.Playback;

/// <summary>The device's own sounds beside answers: neither moves the other.</summary>
public class PlaybackSoundsTests
{
    private const float Level = 0.125f;

    [Fact]
    public void Flush_WhileAToneSounds_CutsTheAnswerAndNotTheTone()
    {
        float[] tone = [.. Ramp(4_800).Select(x => x + Level)];
        var rig = new PlaybackRig(null, null, new SoundClip(tone));
        rig.Say(PlaybackRig.NewItem(), new short[24_000]);
        rig.Run(50);
        rig.Queues.Clips.TryWrite(0);
        rig.Loop.Wake();
        rig.Run(60);
        rig.Control.Flush();
        rig.Run(500);
        // The ducked answer has its dither.
        var heard = rig.Sound.Where(x => x > 2).ToArray();
        Assert.Equal(tone.Length, heard.Length);
        Assert.All(heard.Zip(tone), pair => Assert.InRange(pair.First - pair.Second * 32_768, -2, 2));
        Assert.InRange(rig.Last(PlayedMarkKind.Flushed).ItemSample, 2_400, 2_900);
    }

    [Fact]
    public void Tone_OverAnAnswer_LeavesThePlayedPositionWhereTheAnswerIs()
    {
        var with = Positions([new SoundClip(Ramp(2_400))]);
        var without = Positions([]);
        Assert.Equal(without, with);
        Assert.Contains((PlayedMarkKind.Drained, 12_000L), with);
    }

    [Fact]
    public void Tone_BeforeAnAnswer_IsNotCountedAsHeardOfIt()
    {
        var rig = new PlaybackRig(null, null, new SoundClip(Ramp(2_400)));
        rig.Queues.Clips.TryWrite(0);
        rig.Run(40);
        var item = PlaybackRig.NewItem();
        rig.Say(item, 2_400);
        rig.Run(20);
        var heard = rig.Marks.Where(m => m.Item == item).Select(m => m.ItemSample).DefaultIfEmpty(0).Max();
        Assert.True(heard < 600, $"{heard} samples of the answer within 20 ms");
        item.MarkDone();
        rig.Run(300);
        Assert.Equal(2_400, rig.Last(PlayedMarkKind.Drained).ItemSample);
    }

    [Fact]
    public void Answer_WhileAToneSounds_IsTwelveDecibelsDownWithoutAJump()
    {
        var rig = new PlaybackRig(null, null, new SoundClip(new float[4_800]));
        var flat = new short[24_000];
        Array.Fill(flat, (short)16_384);
        rig.Say(PlaybackRig.NewItem(), flat);
        rig.Run(100);
        rig.Queues.Clips.TryWrite(0);
        rig.Run(600);
        var heard = rig.Sink.Heard;
        Assert.Equal(0.125f, heard.Min(), 3);
        Assert.Equal(0.5f, heard[^1], 3);
        // 20 ms for the whole way: no step between neighbours is larger than its share.
        Assert.True(heard.Zip(heard.Skip(1)).Max(pair => Math.Abs(pair.First - pair.Second)) < 0.5f / 400);
    }

    [Fact]
    public void SpokenHelp_WhenAToneIsOrdered_FadesOutAndTheToneFollowsWhole()
    {
        var tone = Flat(2_400, -Level);
        var rig = new PlaybackRig(null, null, new SoundClip(Flat(48_000, Level), IsSpoken: true), new SoundClip(tone));
        rig.Queues.Clips.TryWrite(0);
        rig.Run(200);
        rig.Queues.Clips.TryWrite(1);
        rig.Loop.Wake();
        rig.Run(600);
        var heard = rig.Sound;
        Assert.Equal(2_400, heard.Count(x => x == -4_096));
        Assert.InRange(heard.Count(x => x > 0), 4_800, 4_800 + 2_400);
        var steps = heard.Where(x => x > 0).ToList();
        Assert.True(steps.Zip(steps.Skip(1)).Max(pair => Math.Abs(pair.First - pair.Second)) < 20, "it was cut, not faded");
    }

    [Fact]
    public void Hush_EndsSpokenHelpAndNoTone()
    {
        var rig = new PlaybackRig(null, null, new SoundClip(Flat(24_000, Level), IsSpoken: true), new SoundClip(Flat(2_400, -Level)));
        rig.Queues.Clips.TryWrite(0);
        rig.Run(100);
        rig.Queues.Clips.TryWrite(PlaybackQueues.Hush);
        rig.Loop.Wake();
        rig.Run(400);
        Assert.InRange(rig.Sound.Length, 2_400, 4_800);
        rig.Queues.Clips.TryWrite(1);
        rig.Run(20);
        rig.Queues.Clips.TryWrite(PlaybackQueues.Hush);
        rig.Run(400);
        Assert.Equal(2_400, rig.Sound.Count(x => x == -4_096));
        Assert.False(rig.Sink.IsRunning);
    }

    [Fact]
    public void Reference_OfASound_IsWhatTheCardGotAndAToneIsMarked()
    {
        var rig = new PlaybackRig(null, null, new SoundClip(Flat(1_200, Level)), new SoundClip(Flat(1_200, -Level), IsSpoken: true));
        rig.Queues.Clips.TryWrite(0);
        rig.Queues.Clips.TryWrite(1);
        rig.Run(400);
        var blocks = rig.ReadReference();
        Assert.Equal(rig.Sound, blocks.SelectMany(b => b.Samples).Where(x => x != 0));
        Assert.All(
            blocks.Where(b => b.Samples.Any(x => x != 0)),
            b => Assert.Equal(b.Samples.Any(x => x > 0), (b.Header.Flags & PlaybackQueues.ReferenceToneFlag) != 0));
        Assert.Equal(PlaybackQueues.ReferenceToneFlag, HalfDuplexGate.Tone);
    }

    private static List<(PlayedMarkKind Kind, long Sample)> Positions(SoundClip[] clips)
    {
        var rig = new PlaybackRig(null, null, clips);
        var item = PlaybackRig.NewItem();
        rig.Say(item, 12_000);
        item.MarkDone();
        rig.Run(100);
        rig.Queues.Clips.TryWrite(0);
        rig.Run(900);
        return [.. rig.Marks.Select(m => (m.Kind, m.ItemSample))];
    }

    private static float[] Ramp(int count) => [.. Enumerable.Range(1, count).Select(i => i / 32_768f)];

    private static float[] Flat(int count, float level) => [.. Enumerable.Repeat(level, count)];
}

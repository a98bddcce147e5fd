using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Tests.Linux;

public sealed class GpioEdgeDecoderTests
{
    private readonly GpioEdgeDecoder _decoder = new(isDown: false);
    private readonly List<ButtonEdge> _told = [];

    [Fact]
    public void Decode_EdgesInOrder_AreToldWithTheirTimes()
    {
        Assert.False(_decoder.Decode([Event(1, down: true, 10), Event(2, down: false, 20)], _told.Add));
        Assert.False(_decoder.Decode([Event(3, down: true, 30)], _told.Add));
        Assert.Equal([new(true, 10), new(false, 20), new(true, 30)], _told);
        Assert.True(_decoder.IsDown);
    }

    [Fact]
    public void Decode_HoleBeforeTheSameLevel_TellsTheMissingEdge()
    {
        Assert.True(_decoder.Decode([Event(1, down: true, 10), Event(3, down: true, 30)], _told.Add));
        Assert.Equal([new(true, 10), new(false, 30), new(true, 30)], _told);
    }

    [Fact]
    public void Decode_HoleBeforeTheOtherLevel_NeedsNoEdgeBetween()
    {
        Assert.True(_decoder.Decode([Event(1, down: true, 10), Event(4, down: false, 30)], _told.Add));
        Assert.Equal([new(true, 10), new(false, 30)], _told);
    }

    [Fact]
    public void Decode_FirstEventOfAnOverflow_IsAHole() => Assert.True(_decoder.Decode([Event(9, down: true, 10)], _told.Add));

    [Fact]
    public void Decode_NumberThatRunsOver_IsNoHole()
    {
        _decoder.Decode([Event(uint.MaxValue, down: true, 10)], _told.Add);
        Assert.False(_decoder.Decode([Event(0, down: false, 20)], _told.Add));
    }

    // Contacts faster than the kernel's look at the level: the same level twice is no hole.
    [Fact]
    public void Decode_SameLevelTwiceWithoutAHole_IsToldAsItCame()
    {
        Assert.False(_decoder.Decode([Event(1, down: false, 10), Event(2, down: false, 11)], _told.Add));
        Assert.Equal([new(false, 10), new(false, 11)], _told);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void Correct_TellsAnEdgeOnlyWhereTheLevelDiffers(bool level, int told)
    {
        _decoder.Decode([Event(5, down: true, 10)], _ => { });
        _decoder.Correct(level, 50, _told.Add);
        _decoder.Correct(level, 60, _told.Add);
        Assert.Equal(Enumerable.Repeat(new ButtonEdge(level, 50), told), _told);
        Assert.Equal(level, _decoder.IsDown);
    }

    // Whatever was lost: no two edges of the same level follow each other, and the last one has the line's level.
    [Fact]
    public void RandomWalk_OfLostEvents_TellsAlternatingEdges()
    {
        var random = new Random(11);
        uint sequence = 0;
        var down = false;
        for (var i = 0; i < 20_000; i++)
        {
            down = !down;
            sequence++;
            if (random.Next(5) == 0) continue;
            _decoder.Decode([Event(sequence, down, (ulong)i)], _told.Add);
        }

        _decoder.Correct(down, 20_000, _told.Add);
        Assert.True(_told[0].IsDown);
        for (var i = 1; i < _told.Count; i++) Assert.NotEqual(_told[i - 1].IsDown, _told[i].IsDown);
        Assert.Equal(down, _told[^1].IsDown);
        Assert.True(_told.Zip(_told.Skip(1)).All(pair => pair.First.TimeNs <= pair.Second.TimeNs));
    }

    private static GpioLineEvent Event(uint sequence, bool down, ulong ns) =>
        new() { LineSequence = sequence, Id = down ? GpioLineEvent.Rising : GpioLineEvent.Falling, TimestampNs = ns };
}

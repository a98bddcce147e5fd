using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Echo;

namespace EdgeVoice.Tests.Echo;

public class HalfDuplexGateTests
{
    private const long Ms = 1_000_000;
    private const int Rate = 48_000;
    private readonly BlockRing _reference = new(1 << 17);
    private readonly HalfDuplexGate _gate;

    private int _cardRate = Rate;

    public HalfDuplexGateTests() => _gate = new HalfDuplexGate(_reference, () => _cardRate);

    [Fact]
    public void Process_NothingPlayed_BitExact()
    {
        var random = new Random(1);
        var block = Enumerable.Range(0, 240).Select(_ => random.NextSingle() * 2 - 1).ToArray();
        var copy = (float[])block.Clone();
        _gate.Process(block, 24_000, 0);
        Assert.Equal(copy, block);
        Assert.False(_gate.IsGating);
    }

    [Fact]
    public void Process_SoundAndTail_GatedFromItsStartToTailsEndOnly()
    {
        Play(frame: 0, atMs: 1000, ms: 200);
        Assert.False(Gated(980));
        Assert.False(Gated(990));
        Assert.True(Gated(991));
        Assert.True(Gated(1100));
        Assert.True(Gated(1199));
        Assert.True(Gated(1499));
        Assert.False(Gated(1500));
        Assert.False(_gate.IsGating);
    }

    [Fact]
    public void Process_SilencePlayed_Open()
    {
        Play(frame: 0, atMs: 1000, ms: 200, level: 8);
        Assert.False(Gated(1100));
        Play(frame: 9600, atMs: 1200, ms: 200, level: 9);
        Assert.True(Gated(1300));
    }

    [Fact]
    public void Process_SilenceAroundSoundInOneBlock_OnlyTheSoundCounts()
    {
        var samples = new short[Rate];
        samples.AsSpan(Rate / 2, Rate / 10).Fill(-1000);
        _reference.TryWrite(0, 1000 * Ms, samples);
        Assert.False(Gated(1480));
        Assert.True(Gated(1495));
        Assert.True(Gated(1895));
        Assert.False(Gated(1900));
    }

    [Fact]
    public void Process_DroppedUnheard_EndsThereWithTail()
    {
        for (var i = 0; i < 20; i++) Play(i * 480, 1000 + i * 10, 10);
        Assert.True(Gated(1050));
        _reference.TryWrite(55 * 48, 1055 * Ms, [], HalfDuplexGate.Dropped);
        Assert.True(Gated(1354));
        Assert.False(Gated(1355));
    }

    [Fact]
    public void Process_DroppedBeforeItSounded_NoTrace()
    {
        Play(0, 1000, 100);
        _reference.TryWrite(0, 1000 * Ms, [], HalfDuplexGate.Dropped);
        Assert.False(Gated(1050));
    }

    [Fact]
    public void Process_DroppedThenPlayedOn_FramesAreTakenAgain()
    {
        Play(0, 1000, 100);
        _reference.TryWrite(480, 1010 * Ms, [], HalfDuplexGate.Dropped);
        Play(480, 2000, 50);
        Assert.True(Gated(1309));
        Assert.False(Gated(1310));
        Assert.True(Gated(2000));
        Assert.False(Gated(2350));
    }

    [Fact]
    public void ReleaseGate_InTail_OpensAtOnce()
    {
        Play(0, 1000, 100);
        Assert.True(Gated(1150));
        _gate.ReleaseGate(1160 * Ms);
        Assert.False(Gated(1160));
    }

    [Fact]
    public void ReleaseGate_WhileSounding_OpensWhereSoundIsCut()
    {
        Play(0, 1000, 500);
        Assert.True(Gated(1100));
        _gate.ReleaseGate(1110 * Ms);
        Assert.True(Gated(1110));
        _reference.TryWrite(115 * 48, 1115 * Ms, [], HalfDuplexGate.Dropped);
        Assert.False(Gated(1115));
    }

    [Fact]
    public void ReleaseGate_LaterSound_HasItsTailAgain()
    {
        _gate.ReleaseGate(1000 * Ms);
        Play(0, 1050, 200);
        Assert.True(Gated(1400));
        Assert.False(Gated(1550));
    }

    [Fact]
    public void Process_EmptyBlock_DrainsTheReference()
    {
        for (var i = 0; i < 1000; i++)
        {
            Play(i * 480, i * 10, 10);
            _gate.Process([], Rate, (i * 10 + 1) * Ms);
            Assert.True(_gate.IsGating);
        }

        Assert.True(_reference.TryWrite(0, 0, new short[1 << 16]));
    }

    [Fact]
    public void Process_SoundChoppedFinerThanTheRow_GatesTooMuchNeverTooLittle()
    {
        for (var i = 0; i < 300; i++) Play(i * 40 * 48, 1000 + i * 40, 1);
        for (var at = 1000; at < 1000 + 299 * 40; at += 10) Assert.True(Gated(at), $"{at} ms");
        Assert.False(Gated(1000 + 299 * 40 + 1 + 300));
    }

    [Fact]
    public void Process_OtherCardRate_TimesFollow()
    {
        _cardRate = 24_000;
        Play(frame: 0, atMs: 1000, ms: 200);
        Assert.True(Gated(1699));
        Assert.False(Gated(1700));
    }

    [Fact]
    public void Process_Steady_AllocatesNothing()
    {
        var block = new float[240];
        var sound = new short[480];
        sound.AsSpan().Fill(1000);
        long before = 0;
        for (var i = 0; i < 1100; i++)
        {
            if (i == 100) before = ThreadAllocations.Mark();
            _reference.TryWrite(i * 480, i * 10 * Ms, i / 50 % 2 == 0 ? sound : []);
            _gate.Process(block, 24_000, i * 10 * Ms);
        }

        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    private void Play(long frame, long atMs, int ms, short level = 1000)
    {
        var samples = new short[ms * Rate / 1000];
        samples.AsSpan().Fill(level);
        Assert.True(_reference.TryWrite(frame, atMs * Ms, samples));
    }

    // One microphone block of 10 ms that begins there.
    private bool Gated(long atMs)
    {
        var block = new float[240];
        block.AsSpan().Fill(0.25f);
        _gate.Process(block, 24_000, atMs * Ms);
        Assert.All(block, sample => Assert.Equal(_gate.IsGating ? 0 : 0.25f, sample));
        return _gate.IsGating;
    }
}

using EdgeVoice.Core.Devices;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Simulator.Devices;

public sealed class CueSourceTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CueSource _source;
    private readonly List<CuePlayed> _begun = [];
    private readonly long _start;

    public CueSourceTests()
    {
        _source = new CueSource(_time);
        _source.Begun += _begun.Add;
        _source.Start();
        _start = _time.GetTimestamp();
    }

    [Fact]
    public void Play_InMidPeriod_BeginsWithTheNextExactToTheSample()
    {
        ReadPeriod();
        _time.AdvanceMs(3);
        var cue = _source.Play(Clip(300));
        _time.AdvanceMs(7);
        Assert.All(Read(), sample => Assert.Equal(0, sample));
        Assert.Equal(Clip(300)[..240], ReadPeriod());
        Assert.Equal([.. Clip(300)[240..], .. new float[180]], ReadPeriod());
        Assert.Equal([new CuePlayed(cue, _start + 20_000_000, _start + 32_500_000)], _begun);
    }

    [Fact]
    public void Play_AtAPeriodsStart_BeginsThere()
    {
        ReadPeriod();
        _source.Play(Clip(10));
        Assert.Equal(Clip(10), ReadPeriod()[..10]);
    }

    [Fact]
    public void Play_Several_OneAfterTheOtherInOneRead()
    {
        _source.Play(Clip(250));
        _source.Play(Clip(0));
        _source.Play(Clip(10));
        _time.AdvanceMs(40);
        var heard = Read();
        Assert.Equal([.. Clip(250), .. new float[230], .. Clip(10), .. new float[470]], heard);
        Assert.Equal([1, 2, 3], _begun.Select(b => b.Cue));
        Assert.Equal([0, 20_000_000, 20_000_000], _begun.Select(b => b.StartNs - _start));
    }

    [Fact]
    public void Play_ReaderLate_NothingIsHeardBeforeItWasAsked()
    {
        _time.AdvanceMs(45);
        _source.Play(Clip(240));
        _time.AdvanceMs(25);
        var heard = Read();
        Assert.All(heard[..(5 * 240)], sample => Assert.Equal(0, sample));
        Assert.Equal(Clip(240), heard[(5 * 240)..(6 * 240)]);
    }

    [Fact]
    public void Play_Xrun_RestKeepsItsTime()
    {
        const int Late = SimulatedSource.BufferPeriods + 4;
        var clip = Clip(240 * (Late + 10));
        _source.Play(clip);
        ReadPeriod();
        _time.AdvanceMs(Late * 10);
        Assert.Equal(AudioWait.Xrun, _source.Wait(0));
        Assert.Equal(clip[(240 * (Late + 1))..(240 * (Late + 2))], ReadPeriod());
    }

    [Fact]
    public void Start_AfterDispose_CuedWhileClosedIsHeard()
    {
        _source.Play(Clip(2400));
        ReadPeriod();
        _source.Dispose();
        _time.AdvanceMs(1000);
        _source.Play(Clip(5));
        _source.Start();
        Assert.Equal([.. Clip(5), 0], ReadPeriod()[..6]);
    }

    [Fact]
    public void Play_Int16_IsTheSameSound()
    {
        _source.Play([-32768, 16384]);
        Assert.Equal([-1f, 0.5f, 0f], ReadPeriod()[..3]);
    }

    public void Dispose() => _source.Dispose();

    private static float[] Clip(int samples) => [.. Enumerable.Range(1, samples).Select(n => n / 10_000f)];

    private float[] ReadPeriod()
    {
        _time.AdvanceMs(10);
        return Read();
    }

    private float[] Read()
    {
        var buffer = new float[24_000];
        return buffer[.._source.Read(buffer, out _, out _)];
    }
}

using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Diagnostics;

public sealed class RepeatGateTests
{
    private readonly ManualTime _time = new();
    private readonly RepeatGate _gate;

    public RepeatGateTests() => _gate = new RepeatGate(_time);

    [Fact]
    public void Count_EverySecond_IsToldOnceAMinuteWithTheCount()
    {
        List<long> told = [];
        for (var second = 0; second < 181; second++)
        {
            if (_gate.Count("down")) told.Add(_gate.Times);
            _time.AdvanceMs(1000);
        }

        Assert.Equal([1, 61, 121, 181], told);
    }

    [Fact]
    public void Count_ReasonsThatTakeTurns_AreToldOnceEach()
    {
        var told = 0;
        for (var second = 0; second < 59; second++)
        {
            if (_gate.Count(second % 2 == 0 ? "down" : "refused")) told++;
            _time.AdvanceMs(1000);
        }

        Assert.Equal(2, told);
        Assert.True(_gate.Count("certificate"));
    }

    [Fact]
    public void Reset_TheNextIsAFirstOne()
    {
        Assert.True(_gate.Count("down"));
        Assert.False(_gate.Count("down"));
        _gate.Reset();
        Assert.True(_gate.Count("down"));
        Assert.Equal(1, _gate.Times);
    }
}

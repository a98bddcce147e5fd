using EdgeVoice.Core.Devices;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Simulator.Devices;

public class ScriptedButtonTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Run_Script_EdgesCarryTheirDueTimes()
    {
        using var button = new ScriptedButton(_time, [new(0, true), new(250, false), new(400, true), new(500, false)]);
        var start = _time.GetTimestamp();
        var edges = Collect(button, 4, onEdge: () => _time.AdvanceMs(400));
        Assert.Equal([(true, 0), (false, 250), (true, 400), (false, 500)], edges.Select(e => (e.IsDown, (e.TimeNs - start) / 1_000_000)));
    }

    [Fact]
    public void DoubleTap_FromNow_IsFourEdgesInOneRow()
    {
        using var button = new ScriptedButton(_time);
        var start = _time.GetTimestamp();
        button.DoubleTap();
        var edges = Collect(button, 4, onEdge: () => _time.AdvanceMs(400));
        Assert.Equal([(true, 0), (false, 100), (true, 200), (false, 300)], edges.Select(e => (e.IsDown, (e.TimeNs - start) / 1_000_000)));
    }

    [Fact]
    public void Press_Twice_IsOneEdgeAtTheTimeOfTheFirst()
    {
        using var button = new ScriptedButton(_time);
        var first = _time.GetTimestamp();
        button.Press();
        _time.AdvanceMs(5);
        button.Press();
        button.Release();
        button.Release();
        var edges = Collect(button, 2, onEdge: () => { });
        Assert.Equal([new ButtonEdge(true, first), new ButtonEdge(false, first + 5_000_000)], edges);
    }

    [Fact]
    public void IsDown_BeforeAndAfterDelivery_IsTheLevelNow()
    {
        using var button = new ScriptedButton(_time);
        Assert.False(button.IsDown);
        button.Tap(80);
        Assert.True(button.IsDown);
        _time.AdvanceMs(79);
        Assert.True(button.IsDown);
        _time.AdvanceMs(1);
        Assert.False(button.IsDown);
        button.Press();
        Assert.True(button.IsDown);
        Collect(button, 3, onEdge: () => { });
        Assert.True(button.IsDown);
    }

    [Fact]
    public async Task Run_PressFromAnotherThread_WakesIt()
    {
        using var button = new ScriptedButton(_time);
        using var stop = new CancellationTokenSource();
        using var seen = new SemaphoreSlim(0);
        var run = Task.Run(() => button.Run(_ => seen.Release(), stop.Token));
        button.Press();
        Assert.True(await seen.WaitAsync(TimeSpan.FromSeconds(10)));
        button.Release();
        Assert.True(await seen.WaitAsync(TimeSpan.FromSeconds(10)));
        await stop.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Tap_NoLength_Throws()
    {
        using var button = new ScriptedButton(_time);
        Assert.Throws<ArgumentOutOfRangeException>(() => button.Tap(0));
    }

    private static List<ButtonEdge> Collect(ScriptedButton button, int count, Action onEdge)
    {
        List<ButtonEdge> edges = [];
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        button.Run(edge =>
        {
            edges.Add(edge);
            onEdge();
            if (edges.Count == count) stop.Cancel();
        }, stop.Token);
        return edges;
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Conversation;

public sealed class PlayedMarkPumpTests : IDisposable
{
    private readonly ConversationBench _b = new();
    private readonly SpscRingBuffer<PlayedMark> _marks = new(16);
    private readonly CancellationTokenSource _stop = new();
    private bool _playing;

    public void Dispose() => _stop.Dispose();

    [Fact]
    public async Task Quiet_LooksOnceASecond_AndEvery5MsFromTheFirstWakeOn()
    {
        var pump = new PlayedMarkPump(_marks, _b.Loop, _b.Time, () => _playing);
        var running = pump.RunAsync(_stop.Token);
        Tick(pump, 50);
        Mark();
        _b.Time.AdvanceMs(900);
        Assert.Equal(1, _marks.Count);
        pump.Wake();
        _b.Time.AdvanceMs(5);
        Assert.True(await Eventually.IsTrue(() => _marks.Count == 0), "a mark nobody looked for");
        _playing = true;
        Tick(pump, 500);
        Mark();
        _b.Time.AdvanceMs(5);
        Assert.True(await Eventually.IsTrue(() => _marks.Count == 0), "a mark of what plays");
        await EndAsync(running);
        _b.Loop.HandleWaiting();
        Assert.Equal(2, _b.News.OfType<ConversationNews.Sounded>().Count());
    }

    [Fact]
    public async Task Wake_AfterTheEnd_DoesNoHarm()
    {
        var pump = new PlayedMarkPump(_marks, _b.Loop, _b.Time);
        pump.Wake();
        var running = pump.RunAsync(_stop.Token);
        await EndAsync(running);
        pump.Wake();
    }

    private void Mark() => Assert.True(_marks.TryWrite(new PlayedMark(PlayedMarkKind.Paused, null, 0, 0, 0, 0)));

    // The timer stands still meanwhile: nobody else ticks.
    private static void Tick(PlayedMarkPump pump, int times)
    {
        for (var i = 0; i < times; i++) pump.Tick();
    }

    private async Task EndAsync(Task running)
    {
        await _stop.CancelAsync();
        await running;
    }
}

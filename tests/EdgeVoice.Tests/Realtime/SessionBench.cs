using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Realtime;

/// <summary>A session over fake connections; whatever it waits for, it waits for by the manual clock.</summary>
internal sealed class SessionBench : IRealtimeListener, IAudioDeltaSink, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _news = new(0);

    public SessionBench(params Func<IRealtimeTransport>[] attempts)
    {
        Connector = new FakeConnector(attempts);
        Session = new RealtimeSession(
            Connector, () => new TransportEndpoint(new Uri("wss://voice.example/v1/realtime?model=m"), Key),
            () => new SessionUpdate(new Session()), moment => Task.FromResult(Recall(moment)), this, this, Counters, Time, Chance, () => IsWaitedFor, Log);
        Running = Session.RunAsync(_stop.Token);
    }

    public ManualTime Time { get; } = new();

    /// <summary>Every pause is as long as its limit.</summary>
    public Random Chance { get; } = new Highest();

    public string Key { get; set; } = "secret";

    public bool IsWaitedFor { get; set; } = true;

    /// <summary>What is remembered at which moment; null: it is no such moment.</summary>
    public Func<HandoverMoment, IReadOnlyList<ClientEvent>?> Recall { get; set; } = _ => [];

    public LogLines<RealtimeSession> Log { get; } = new();

    public ProtocolCounters Counters { get; } = new();

    public FakeConnector Connector { get; }

    public RealtimeSession Session { get; }

    public Task Running { get; }

    public List<LinkNews> Links { get; } = [];

    public List<ServerEvent> Events { get; } = [];

    public List<string> Audio { get; } = [];

    public int Resets { get; private set; }

    /// <summary>Waits until the link has told so many news.</summary>
    public async Task<LinkNews> Link(LinkStage stage, int nth = 1)
    {
        while (true)
        {
            lock (Links)
                if (Links.Where(l => l.Stage == stage).Skip(nth - 1).FirstOrDefault() is { } news) return news;
            Assert.True(await _news.WaitAsync(TimeSpan.FromSeconds(20)), $"no {nth}. {stage}");
        }
    }

    /// <summary>Waits until a timer runs, so that moving the clock meets it.</summary>
    public async Task Armed()
    {
        Assert.True(await Eventually.IsTrue(() => Time.ArmedTimers > 0), "no timer runs");
    }

    /// <summary>True as soon as no timer is left; the last one is disposed by whoever ended the wait.</summary>
    public Task<bool> Disarmed() => Eventually.IsTrue(() => Time.ArmedTimers == 0);

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync() => await Stop();

    void IRealtimeListener.OnLink(LinkNews news)
    {
        lock (Links) Links.Add(news);
        _news.Release();
    }

    void IRealtimeListener.OnEvent(ServerEvent serverEvent) => Events.Add(serverEvent);

    void IAudioDeltaSink.Write(ReadOnlySpan<byte> responseId, ReadOnlySpan<byte> itemId, int contentIndex, ReadOnlySpan<byte> base64) =>
        Audio.Add($"{Encoding.UTF8.GetString(responseId)}/{Encoding.UTF8.GetString(itemId)}/{contentIndex}/{Encoding.UTF8.GetString(base64)}");

    void IAudioDeltaSink.Done(string responseId, string itemId, int contentIndex) => Audio.Add($"done:{responseId}/{itemId}/{contentIndex}");

    void IAudioDeltaSink.Reset() => Resets++;

    private sealed class Highest : Random
    {
        public override double NextDouble() => 1;
    }
}

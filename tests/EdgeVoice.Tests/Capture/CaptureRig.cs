using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Echo;
using EdgeVoice.Tests.Support;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Tests.Capture;

/// <summary>A capture loop over fakes, stepped by hand.</summary>
internal sealed class CaptureRig : ILogger, IDisposable
{
    private readonly short[] _block = new short[1 << 16];

    public CaptureRig(int sessionRate = 24_000, int channel = -1, int ring = 1 << 16, int cardRate = 24_000, int channels = 1,
        IEchoCanceller? canceller = null, CaptureLevel? level = null)
    {
        Ring = new BlockRing(ring);
        Open = () => new FakeSource(Time, cardRate, channels);
        Loop = new CaptureLoop(OpenNow, Ring, Control, canceller ?? new NoEchoCanceller(), sessionRate, channel, Time, this, level);
    }

    public ManualTime Time { get; } = new();

    public CaptureControl Control { get; } = new();

    public BlockRing Ring { get; }

    public CaptureLoop Loop { get; }

    public Func<FakeSource> Open { get; set; }

    public FakeSource? Source { get; private set; }

    public int Opened { get; private set; }

    public List<string> Log { get; } = [];

    public bool Read(out BlockHeader header, out short[] samples)
    {
        var any = Ring.TryRead(out header, _block);
        samples = _block[..header.Count];
        return any;
    }

    // Opens, then brings that many periods.
    public void Run(int periods)
    {
        if (Source is null || Source.IsDisposed) Loop.Step(0);
        Source!.Queue(AudioWait.Ready, periods);
        for (var i = 0; i < periods; i++)
        {
            Time.AdvanceMs(10);
            Loop.Step(0);
        }
    }

    public void Dispose() => Loop.Dispose();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter) => Log.Add(formatter(state, exception));

    private FakeSource OpenNow()
    {
        Opened++;
        return Source = Open();
    }
}

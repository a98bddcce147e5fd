using EdgeVoice.Core.Devices;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Capture;

/// <summary>A microphone that plays back scripted waits; each ready one brings one period of a counting ramp.</summary>
internal sealed class FakeSource(ManualTime time, int rate = 24_000, int channels = 1) : IAudioSource
{
    private readonly Queue<AudioWait> _waits = new();
    private long _frame;

    public int PeriodsPerRead { get; set; } = 1;

    public bool IsDisposed { get; private set; }

    public bool IsStarted { get; private set; }

    public int Wakes { get; private set; }

    public Exception? Failure { get; set; }

    public Func<long, int, float> Sample { get; set; } = (frame, channel) => (frame % 1000 + channel * 10_000) / 32768f;

    public AudioStreamFormat Format => new(rate, channels, rate / 100, rate / 10);

    public long FirstNs { get; } = time.GetTimestamp();

    public void Queue(AudioWait wait, int count = 1)
    {
        for (var i = 0; i < count; i++) _waits.Enqueue(wait);
    }

    public void Skip(long frames) => _frame += frames;

    public void Start() => IsStarted = true;

    public AudioWait Wait(int timeoutMs)
    {
        if (Failure is not null) throw Failure;
        return _waits.TryDequeue(out var wait) ? wait : AudioWait.TimedOut;
    }

    public int Read(Span<float> interleaved, out long frame, out long timeNs)
    {
        frame = _frame;
        timeNs = FirstNs + frame * 1_000_000_000 / rate;
        var count = _left == 0 ? PeriodsPerRead * Format.PeriodFrames : _left;
        if (_ended)
        {
            _ended = false;
            return 0;
        }

        var now = Math.Min(count, interleaved.Length / channels);
        _left = count - now;
        _ended = _left == 0 && now == interleaved.Length / channels;
        for (var i = 0; i < now; i++)
            for (var channel = 0; channel < channels; channel++)
                interleaved[i * channels + channel] = Sample(_frame + i, channel);
        _frame += now;
        return now;
    }

    private int _left;
    private bool _ended;

    public int WakeFrames { get; private set; }

    public void SetWakePeriod(int frames) => WakeFrames = frames;

    public void Wake() => Wakes++;

    public void Dispose() => IsDisposed = true;
}

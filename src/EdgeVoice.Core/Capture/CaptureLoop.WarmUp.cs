using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Core.Capture;

public sealed partial class CaptureLoop
{
    private const int WarmUpSteps = 60;
    private const int WarmUpRing = 1 << 14;

    /// <summary>
    /// Runs every path once on dummy data, so that nothing is compiled in the first press; call it before
    /// <see cref="Start"/>. The canceller sees only empty blocks of silence, the queue nothing.
    /// </summary>
    public void WarmUp()
    {
        var ring = new BlockRing(WarmUpRing);
        var control = new CaptureControl();
        // Its own silence at two rates: with and without resampling, drained and overflowing, each answer of a device.
        foreach (var rate in (ReadOnlySpan<int>)[48_000, _sessionRate])
        {
            using var loop = new CaptureLoop(
                () => new WarmUpSource(rate, _time), ring, control, _canceller, _sessionRate, 0, _time, NullLogger.Instance);
            var block = new short[WarmUpRing];
            for (var i = 0; i < WarmUpSteps; i++)
            {
                loop.Step(0);
                if (i < WarmUpSteps / 2) ring.TryRead(out _, block);
                if (i == WarmUpSteps / 2) control.ReleaseGate();
            }

            control.Close();
            loop.Step(0);
            control.Open();
            loop.Step(0);
        }
    }

    private sealed class WarmUpSource(int rate, TimeProvider time) : IAudioSource
    {
        private int _step;
        private long _frame;

        public AudioStreamFormat Format => new(rate, 2, rate / 100, rate / 10);

        public void Start()
        {
        }

        public AudioWait Wait(int timeoutMs) => (_step++ % 8) switch
        {
            5 => AudioWait.Woken,
            6 => AudioWait.TimedOut,
            7 => AudioWait.Xrun,
            _ => AudioWait.Ready,
        };

        public int Read(Span<float> interleaved, out long frame, out long timeNs)
        {
            var frames = rate / 100;
            interleaved[..(frames * 2)].Clear();
            frame = _frame;
            timeNs = time.NowNs();
            _frame += frames;
            return frames;
        }

        public void SetWakePeriod(int frames)
        {
        }

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.IntegrationTests.Alsa;

/// <summary>Records from a device on a thread of its own until it is disposed, and keeps what a loop would count.</summary>
internal sealed class Recording : IDisposable
{
    private const int Settling = 50;
    private readonly AlsaAudioSource _source;
    private readonly short[] _samples = new short[24_000 * 30];
    private readonly Thread _thread;
    private int _count;
    private bool _stopping;

    public Recording(string device, int rate = 24_000)
    {
        _source = AlsaAudioSource.Open(new AlsaStreamSettings(device, rate), TimeProvider.System);
        _source.Start();
        _thread = new Thread(Run) { Name = "test-capture" };
        _thread.Start();
    }

    public AudioStreamFormat Format => _source.Format;

    public int Count => Volatile.Read(ref _count);

    public int Xruns { get; private set; }

    /// <summary>Frames whose number did not follow the one before.</summary>
    public int Jumps { get; private set; }

    /// <summary>Longest distance of a block's time from where the first block and its frame number put it, in ms.</summary>
    public double MaxClockErrorMs { get; private set; }

    public bool IsLost { get; private set; }

    public long AllocatedBytes { get; private set; }

    public int Turns { get; private set; }

    public ReadOnlySpan<short> Samples => _samples.AsSpan(0, Count);

    public void Dispose()
    {
        Volatile.Write(ref _stopping, true);
        _source.Wake();
        _thread.Join();
        _source.Dispose();
    }

    private void Run()
    {
        var block = new float[Format.BufferFrames];
        long next = 0, firstFrame = -1, firstNs = 0, mark = 0;
        while (!Volatile.Read(ref _stopping))
        {
            var wait = _source.Wait(1000);
            Turns++;
            if (wait == AudioWait.Xrun) Xruns++;
            if (wait == AudioWait.Lost)
            {
                IsLost = true;
                return;
            }

            var frames = _source.Read(block, out var frame, out var timeNs);
            if (frames > 0)
            {
                if (frame != next) Jumps++;
                next = frame + frames;
                if (firstFrame < 0) (firstFrame, firstNs) = (frame, timeNs);
                var expected = firstNs + (frame - firstFrame) * 1e9 / Format.Rate;
                MaxClockErrorMs = Math.Max(MaxClockErrorMs, Math.Abs(timeNs - expected) / 1e6);
                var kept = Math.Min(frames, _samples.Length - _count);
                PcmConvert.ToInt16(block.AsSpan(0, kept), _samples.AsSpan(_count));
                Volatile.Write(ref _count, _count + kept);
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread();
            if (Turns > Settling) AllocatedBytes += allocated - mark;
            mark = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}

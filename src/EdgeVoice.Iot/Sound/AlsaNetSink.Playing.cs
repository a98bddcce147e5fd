using System.Runtime.InteropServices;
using Alsa.Net;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Iot.Sound;

/// <content>The playing thread: gives the package whole periods, just ahead of the clock.</content>
public sealed partial class AlsaNetSink
{
    private const int AheadMs = 100;
    private const long StartNs = 50_000_000;
    private readonly AutoResetEvent _work = new(false);
    private PlayQueue? _playing;
    private int _periodFrames, _aheadFrames;
    private int _epoch;
    private int _parked, _underruns;
    private bool _begun;
    private long _askedNs;
    private long _endNs;

    private int RoomFrames => 2 * _aheadFrames;

    private void PlayAll(ISoundDevice device)
    {
        device.Play(new WavPipe(_settings, Measure), _thread.Stop);
        if (_periodFrames == 0) throw new AudioDeviceException("it asked for no samples");
        _aheadFrames = Math.Max(_settings.Rate * AheadMs / 1_000, 2 * _periodFrames);
        _playing = new PlayQueue(_settings.Channels, RoomFrames);
        _thread.TellOpened();
        while (!_thread.Stop.IsCancellationRequested)
        {
            var seen = _playing.WritePosition;
            if (_playing.Waiting == 0)
            {
                Rest(Timeout.Infinite, seen);
                continue;
            }

            (_epoch, _begun, _askedNs) = (_playing.Epoch, false, _time.NowNs());
            device.Play(new WavPipe(_settings, Fill), _thread.Stop);
        }
    }

    // Nothing is played, but the package asks for one period of it.
    private int Measure(Span<byte> block)
    {
        _periodFrames = block.Length / _settings.FrameBytes;
        return 0;
    }

    private int Fill(Span<byte> block)
    {
        var queue = _playing!;
        var samples = MemoryMarshal.Cast<byte, short>(block);
        for (var done = 0; ;)
        {
            if (_thread.Stop.IsCancellationRequested) return 0;
            var (seen, now, epoch) = (queue.WritePosition, _time.NowNs(), queue.Epoch);
            var ahead = AheadOf(now);
            var isEarly = !_begun && queue.Waiting < _aheadFrames && now - _askedNs < StartNs && epoch == _epoch;
            if (ahead <= _aheadFrames && !isEarly)
            {
                var taken = queue.Take(samples[done..]);
                done += taken;
                if (taken > 0) _epoch = epoch;
                if (done == samples.Length) return Hand(block, now);
                // Dropped, and nothing new has come: the end, after what was taken before.
                var isOver = epoch != _epoch;
                if (isOver && done == 0) return 0;
                if (isOver || ahead <= _aheadFrames / 2)
                {
                    samples[done..].Clear();
                    if (!isOver) Volatile.Write(ref _underruns, 1);
                    return Hand(block, now);
                }
            }

            var over = ahead - (ahead > _aheadFrames ? _aheadFrames : _aheadFrames / 2);
            Rest(Math.Max(1, (int)(over * 1_000 / _settings.Rate)), seen);
        }
    }

    private int Hand(Span<byte> block, long now)
    {
        _begun = true;
        var lengthNs = (long)(block.Length / _settings.FrameBytes * 1e9 / _settings.Rate);
        Volatile.Write(ref _endNs, Math.Max(now, _endNs) + lengthNs);
        _signal.Set();
        return block.Length;
    }

    // What the card has been given and should not have played yet, in frames.
    private long AheadOf(long now) => (long)(Math.Max(0, Volatile.Read(ref _endNs) - now) * (double)_settings.Rate / 1e9);

    // Waits for something to be written behind the place seen, a drop, the end or the time.
    private void Rest(int timeoutMs, long seen)
    {
        Volatile.Write(ref _parked, 1);
        Interlocked.MemoryBarrier();
        if (_playing!.WritePosition == seen && !_thread.Stop.IsCancellationRequested) _work.WaitOne(timeoutMs);
        Volatile.Write(ref _parked, 0);
    }

    private void Nudge()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _parked) != 0) _work.Set();
    }
}

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
    private bool _begun, _isDry;
    private long _askedNs;

    // When everything the card has been given should have sounded, and when the last of it that was no silence of ours.
    private long _endNs, _soundEndNs;

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

            (_epoch, _begun, _isDry, _askedNs) = (_playing.Epoch, false, false, _time.NowNs());
            device.Play(new WavPipe(_settings, Fill), _thread.Stop);
        }
    }

    // Nothing is played, but the package asks for one period of it.
    private int Measure(Span<byte> block)
    {
        _periodFrames = block.Length / _settings.FrameBytes;
        return 0;
    }

    // Fills the whole block, or nothing at the end: a short read would be filled up with stale sound by the package.
    private int Fill(Span<byte> block)
    {
        var samples = MemoryMarshal.Cast<byte, short>(block);
        var done = 0;
        while (!_thread.Stop.IsCancellationRequested)
        {
            var (seen, now, epoch) = (_playing!.WritePosition, _time.NowNs(), _playing.Epoch);
            var ahead = FramesUntil(_endNs, now);
            if (ahead > _aheadFrames || IsEarly(now, epoch))
            {
                Rest(MsOf(ahead - _aheadFrames), seen);
                continue;
            }

            done += Take(samples[done..], now, epoch);
            // Dropped, and nothing new has come: the end, behind what was taken before.
            var isOver = epoch != _epoch;
            if (isOver && done == 0) return 0;
            if (done == samples.Length || isOver || ahead <= _aheadFrames / 2) return Hand(samples, now, done, isOver) * sizeof(short);
            Rest(MsOf(ahead - _aheadFrames / 2), seen);
        }

        return 0;
    }

    // The first sound waits a moment for company: a card that starts with little in hand runs dry at once.
    private bool IsEarly(long now, int epoch) =>
        !_begun && epoch == _epoch && now - _askedNs < StartNs && _playing!.Waiting < _aheadFrames;

    private int Take(Span<short> samples, long now, int epoch)
    {
        if (_playing!.Waiting == 0) return 0;
        // Before they count as given, for what is given and has no end yet would count as heard.
        Volatile.Write(ref _soundEndNs, Math.Max(now, _endNs) + FramesToNs(samples.Length / _settings.Channels));
        var taken = _playing.Take(samples);
        if (taken > 0) _epoch = epoch;
        return taken;
    }

    private int Hand(Span<short> samples, long now, int done, bool isOver)
    {
        samples[done..].Clear();
        var isDry = done < samples.Length && !isOver;
        if (isDry && !_isDry) Volatile.Write(ref _underruns, 1);
        (_begun, _isDry) = (true, isDry);
        var start = Math.Max(now, _endNs);
        if (done > 0) Volatile.Write(ref _soundEndNs, start + FramesToNs(done / _settings.Channels));
        Volatile.Write(ref _endNs, start + FramesToNs(samples.Length / _settings.Channels));
        _signal.Set();
        return samples.Length;
    }

    private int MsOf(long frames) => Math.Max(1, (int)(frames * 1_000 / _settings.Rate));

    private long FramesToNs(long frames) => (long)(frames * 1e9 / _settings.Rate);

    private long FramesUntil(long timeNs, long now) => (long)(Math.Max(0, timeNs - now) * (double)_settings.Rate / 1e9);

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

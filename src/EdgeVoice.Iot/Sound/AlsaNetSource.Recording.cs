using System.Runtime.InteropServices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Iot.Sound;

/// <content>What the recording thread does with the package's blocks.</content>
public sealed partial class AlsaNetSource
{
    // The package gives a header first, then the same array again and again.
    private void OnBytes(byte[] bytes)
    {
        if (!_isHeaderSeen)
        {
            _isHeaderSeen = true;
            if (bytes.Length == HeaderBytes && bytes.AsSpan().StartsWith("RIFF"u8)) return;
        }

        var now = _time.NowNs();
        var frames = bytes.Length / _settings.FrameBytes;
        if (frames == 0) return;
        if (_periodFrames == 0)
        {
            _periodFrames = frames;
            _thread.TellOpened();
        }

        if (Volatile.Read(ref _started) == 0) return;
        Queue(MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, frames * _settings.FrameBytes)), frames, now - FramesToNs(frames));
        _signal.Set();
    }

    private void Queue(ReadOnlySpan<short> samples, int frames, long timeNs)
    {
        for (var at = 0; at < frames; at += _periodFrames)
        {
            var count = Math.Min(_periodFrames, frames - at);
            var block = samples.Slice(at * _settings.Channels, count * _settings.Channels);
            if (_accepted - Volatile.Read(ref _read) + count <= Format.BufferFrames && _blocks.TryWrite(_recorded, timeNs + FramesToNs(at), block))
                Volatile.Write(ref _accepted, _accepted + count);
            else
                Volatile.Write(ref _overruns, 1);
            _recorded += count;
        }
    }
}

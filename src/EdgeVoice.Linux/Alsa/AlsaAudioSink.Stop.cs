using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <content>Stopping at once: taking back what the card has not fetched, and letting a ramp and silence follow what it has.</content>
public sealed partial class AlsaAudioSink
{
    private readonly int _margin;
    private bool _rewinds;

    // A ramp and silence are on their way out; then the stream ends by itself.
    private bool _ending;
    private long _endNs;

    /// <summary>
    /// How <see cref="Drop"/> stops this device: <c>rewind</c> to 2 ms ahead of the card (a period more where its position moves
    /// in periods) with a ramp of 4 ms, or <c>drop</c> of the whole buffer. A card that refuses to rewind is dropped from then on.
    /// </summary>
    public string StopMethod => _rewinds ? "rewind" : "drop";

    /// <inheritdoc/>
    public long Drop(int keep = 0)
    {
        if (_ending) return _written;
        var error = _pcm.ReadPosition(out var position);
        if (error < 0 || _pcm.IsLost || position.State is not (PcmState.Running or PcmState.Prepared)) return DropAll(_written);
        var heard = Math.Max(0, _written - Math.Max(0, position.Delay));
        if (position.State == PcmState.Running && _rewinds && TryRewind(position, keep)) return _written;
        return DropAll(heard);
    }

    private bool TryRewind(in CardPosition position, int keep)
    {
        var queued = Format.BufferFrames - position.Available;
        var back = Math.Min(queued, _pcm.Rewindable) - Math.Max(_margin, keep);
        if (back > 0)
        {
            // The ramp is ready before the end is taken back: the card does not wait.
            var ramp = _stop.Prepare(_written - back, back);
            var taken = _pcm.Rewind(back);
            if (taken <= 0)
            {
                _rewinds = false;
                return false;
            }

            // Fewer is a stream that still ends with what was to be heard; a ramp there would be of the wrong samples.
            if (taken != back) ramp = _stop.Prepare(_written - taken, taken);
            if (_pcm.Write(ramp) < 0) return false;
            _written -= taken;
            _endNs = position.TimeNs + (long)((position.Delay - taken) * 1e9 / Format.Rate);
        }
        else
        {
            _endNs = position.TimeNs + (long)(position.Delay * 1e9 / Format.Rate);
        }

        // All the room there is: a card that reads on until its next interrupt reads silence.
        _pcm.WriteSilence();
        _ending = true;
        return true;
    }

    private long DropAll(long heard)
    {
        if (!_pcm.IsLost && (_pcm.Drop() < 0 || _pcm.Prepare() < 0)) _pcm.Lose();
        _written = heard;
        _xrun = false;
        return heard;
    }

    private bool EndTail()
    {
        _ending = false;
        if (_pcm.Drop() >= 0 && _pcm.Prepare() >= 0) return true;
        _pcm.Lose();
        return false;
    }

    private AudioSinkStatus EndingStatus()
    {
        var now = _time.NowNs();
        var left = (long)Math.Max(0, (_endNs - now) * (double)Format.Rate / 1e9);
        return new AudioSinkStatus(_written, Math.Min(left, _written), now);
    }
}

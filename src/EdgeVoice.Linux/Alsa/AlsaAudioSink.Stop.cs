using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <content>Stopping at once: taking back what the card has not fetched, and letting a ramp and silence follow what it has.</content>
public sealed partial class AlsaAudioSink
{
    private const int MostRefusals = 3;
    private readonly int _margin;
    private bool _rewinds;
    private int _refusals;

    // A ramp and silence are on their way out; then the stream ends by itself.
    private bool _ending;
    private long _endNs;

    /// <summary>
    /// How <see cref="Drop"/> stops this device: <c>rewind</c> to 2 ms ahead of the card (a period more where its position moves
    /// in periods) with a ramp of 4 ms, or <c>drop</c> of the whole buffer. A card that refuses to rewind three times in a row is dropped
    /// from then on.
    /// </summary>
    public string StopMethod => _rewinds ? "rewind" : "drop";

    /// <summary>Stops whose end the card had overtaken while it was taken back, so that it stopped without a ramp.</summary>
    public long Overtaken { get; private set; }

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
            // All is ready before the end is taken back, for the card does not wait. Behind the ramp goes as much silence as fits.
            _pcm.StageEnd(_stop.Prepare(_written - back, back));
            var taken = _pcm.Rewind(back);
            if (taken <= 0)
            {
                // A card that has passed the place may say no once; one that never lets go is dropped from the third time on.
                if (++_refusals == MostRefusals) _rewinds = false;
                return Overtake();
            }

            _refusals = 0;
            if (taken != back) _pcm.StageEnd(_stop.Prepare(_written - taken, taken));
            _written -= taken;
            if (_pcm.WriteEnd() < 0) return Overtake();

            _endNs = position.TimeNs + (long)((position.Delay - taken) * 1e9 / Format.Rate);
        }
        else
        {
            _endNs = position.TimeNs + (long)(position.Delay * 1e9 / Format.Rate);
            _pcm.StageEnd([]);
            if (_pcm.WriteEnd() < 0) return false;
        }

        _ending = true;
        return true;
    }

    // The card went on while the end was prepared: it says itself how far, for it may have gone beyond what it was left.
    private bool Overtake()
    {
        Overtaken++;
        var heard = _pcm.ReadPosition(out var position) < 0 ? _written : _written - (Format.BufferFrames - position.Available);
        DropAll(Math.Max(0, heard));
        return true;
    }

    // Every path once before the stream can start: nothing is compiled in the first stop, and a card that cannot rewind says so.
    private void Rehearse()
    {
        var silence = new float[Format.PeriodFrames * Format.Channels];
        while (Write(silence) > 0)
        {
        }

        _waiting = false;
        _ = Wait(0);
        _ = Idle(0);
        _ = Status();
        _ = Writable;
        // Here nothing runs away: one refusal is enough.
        _refusals = MostRefusals - 1;
        if (_pcm.ReadPosition(out var position) >= 0) TryRewind(position, 0);
        _refusals = 0;
        _ = EndingStatus();
        EndTail();
        _written = 0;
        _xrun = false;
        Overtaken = 0;
    }

    private long DropAll(long heard)
    {
        if (!_pcm.IsLost && (_pcm.Drop() < 0 || _pcm.Prepare() < 0)) _pcm.Lose();
        _written = heard;
        _xrun = _waiting = false;
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

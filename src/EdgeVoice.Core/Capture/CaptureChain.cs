using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Capture;

/// <summary>
/// From interleaved card frames to blocks in the captured queue: channel, offset, echo canceller, gain, resampler, 16 bit. Lives as
/// long as one opened device.
/// </summary>
/// <remarks>Used by <c>ev-capture</c> alone; allocates in its constructor only.</remarks>
internal sealed class CaptureChain
{
    /// <summary>Flag of the first block after an interruption: it does not follow the block before it.</summary>
    public const int Discontinuity = 1;

    // A read of 90 ms stays under the 100 ms a block may hold, whatever the resampler still had inside.
    private const int MaxReadMs = 90;

    private readonly int _cardRate;
    private readonly int _channels;
    private readonly int _channel;
    private readonly int _sessionRate;
    private readonly IEchoCanceller _canceller;
    private readonly BlockRing _captured;
    private readonly CaptureMeter _meter;
    private readonly CaptureGain _gain;
    private readonly DcFilter? _dcFilter;
    private readonly Resampler? _resampler;
    private readonly float[] _interleaved;
    private readonly float[] _mono;
    private readonly float[] _resampled;
    private readonly short[] _samples;
    private readonly Dither _dither = new();
    private long _anchor;
    private long _expected;
    private long _produced;
    private bool _anchored;
    private int _flags = Discontinuity;

    public CaptureChain(
        in AudioStreamFormat format, int sessionRate, int channel, IEchoCanceller canceller, BlockRing captured,
        CaptureLevel? level = null, CaptureMeter? meter = null)
    {
        _cardRate = format.Rate;
        _channels = format.Channels;
        _channel = channel < format.Channels ? channel : -1;
        _sessionRate = sessionRate;
        _canceller = canceller;
        _captured = captured;
        var frames = Math.Max(1, format.Rate * MaxReadMs / 1000);
        _resampler = format.Rate == sessionRate ? null : new Resampler(format.Rate, sessionRate);
        var most = _resampler?.MaxOutput(frames) ?? frames;
        _interleaved = new float[frames * format.Channels];
        _mono = new float[frames];
        _resampled = new float[most];
        _samples = new short[most];
        level ??= new CaptureLevel();
        _meter = meter ?? new CaptureMeter();
        _meter.Restart();
        _gain = new CaptureGain(level, format.Rate, frames);
        _dcFilter = level.DcFilter ? new DcFilter(format.Rate) : null;
        canceller.Interrupt();
    }

    /// <summary>Where a read puts its frames.</summary>
    public Span<float> Input => _interleaved;

    /// <summary>What comes next does not follow what came before: the resampler starts afresh and the next block is flagged.</summary>
    public void Interrupt()
    {
        _anchored = false;
        _flags = Discontinuity;
        _canceller.Interrupt();
    }

    /// <summary>Passes on frames that lie in <see cref="Input"/>. False when the block did not fit and was dropped.</summary>
    public bool Accept(int frames, long frame, long timeNs)
    {
        if (!_anchored || frame != _expected) Anchor(frame);
        _expected = frame + frames;
        var mono = _mono.AsSpan(0, frames);
        ChannelMixer.ToMono(_interleaved.AsSpan(0, frames * _channels), _channels, _channel, mono);
        _meter.Process(mono);
        _dcFilter?.Process(mono);
        // Before the gain: an echo path that changes with the level could not be learnt.
        _canceller.Process(mono, _cardRate, timeNs);
        _gain.Process(mono);
        return _resampler is null ? Write(mono, frame, timeNs) : Resample(_resampler, mono, frame, timeNs);
    }

    /// <summary>Zeroes every buffer.</summary>
    public void Wipe()
    {
        Array.Clear(_interleaved);
        Array.Clear(_mono);
        Array.Clear(_resampled);
        Array.Clear(_samples);
        _resampler?.Reset();
        _dcFilter?.Reset();
        Interrupt();
    }

    private void Anchor(long frame)
    {
        if (_anchored) Interrupt();
        _anchored = true;
        _anchor = frame;
        _produced = 0;
        _resampler?.Reset();
    }

    private bool Resample(Resampler resampler, ReadOnlySpan<float> mono, long frame, long timeNs)
    {
        // The first sample that comes out now, in card frames after the first that went in now; negative by the latency.
        var offset = (_produced - resampler.LatencyOutputSamples) * _cardRate / _sessionRate - (frame - _anchor);
        var count = resampler.Process(mono, _resampled);
        _produced += count;
        if (count == 0) return true;
        return Write(_resampled.AsSpan(0, count), frame + (long)Math.Round(offset), timeNs + (long)(offset * 1e9 / _cardRate));
    }

    private bool Write(Span<float> mono, long frame, long timeNs)
    {
        if (_dcFilter is not null || _gain.IsActive) _dither.Add(mono);
        var samples = _samples.AsSpan(0, mono.Length);
        PcmConvert.ToInt16(mono, samples);
        if (_captured.TryWrite(frame, timeNs, samples, _flags))
        {
            _flags = 0;
            return true;
        }

        _flags = Discontinuity;
        return false;
    }
}

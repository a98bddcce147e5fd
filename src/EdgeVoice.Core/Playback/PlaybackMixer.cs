using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Playback;

/// <summary>Makes card frames of session samples: volume, clips, resampling, channels. Holds what the card has not taken yet.</summary>
/// <remarks>Used by <c>ev-playback</c> only; one for each opened device; nothing allocates after construction.</remarks>
internal sealed class PlaybackMixer
{
    private const float DuckGain = 0.25f;
    private const int RampMs = 20;

    private readonly int _channels;
    private readonly int _cardRate, _sessionRate;
    private readonly Resampler? _resampler;
    private readonly GainRamp _answerGain, _clipGain;
    private readonly Limiter _limiter;
    private readonly Dither _dither = new();
    private readonly short[] _input, _reference;
    private readonly float[] _mixed, _sound, _mono, _frames;
    private SoundClip? _clip;
    private int _clipAt;
    private bool _clipFades;
    private int _staged, _taken;

    /// <summary>Builds the stage for what the card granted.</summary>
    public PlaybackMixer(AudioStreamFormat format, int sessionRate)
    {
        _channels = format.Channels;
        _cardRate = format.Rate;
        _sessionRate = sessionRate;
        var frames = Math.Clamp(format.PeriodFrames, 16, PlaybackQueues.MaxReferenceBlock / 2);
        MaxInput = Math.Max(1, (int)((long)frames * sessionRate / format.Rate));
        var most = MaxInput;
        if (sessionRate != format.Rate)
        {
            _resampler = new Resampler(sessionRate, format.Rate);
            most = _resampler.MaxOutput(MaxInput);
        }

        _answerGain = new GainRamp(sessionRate * RampMs / 1000);
        _clipGain = new GainRamp(sessionRate * RampMs / 1000);
        _limiter = new Limiter(sessionRate, MaxInput);
        _input = new short[MaxInput];
        _mixed = new float[MaxInput];
        _sound = new float[MaxInput];
        _mono = new float[most];
        _reference = new short[most];
        _frames = new float[most * _channels];
    }

    /// <summary>Samples taken at most at a time: about one period.</summary>
    public int MaxInput { get; }

    /// <summary>Delay of the resampler's filter in card frames.</summary>
    public double LatencyFrames => _resampler?.LatencyOutputSamples ?? 0;

    /// <summary>Target volume, 0 to 1.</summary>
    public float Gain { get; set; } = 1f;

    /// <summary>Where the ring buffer's samples are put before <see cref="Stage"/>.</summary>
    public Span<short> Input => _input;

    /// <summary>True while a clip has samples left.</summary>
    public bool HasClip => _clip is not null && _clipAt < _clip.Samples.Length;

    /// <summary>True when what is staged holds a tone and nothing of an answer.</summary>
    public bool IsToneOnly { get; private set; }

    /// <summary>Frames made and not taken by the card yet, interleaved.</summary>
    public ReadOnlySpan<float> Staged => _frames.AsSpan(_taken * _channels, (_staged - _taken) * _channels);

    /// <summary>The most samples whose frames fit into <paramref name="room"/> card frames.</summary>
    public int InputFor(int room)
    {
        if (_resampler is null) return Math.Min(room, MaxInput);
        var samples = (int)Math.Min(MaxInput, (long)room * _sessionRate / _cardRate);
        while (samples > 0 && _resampler.MaxOutput(samples) > room) samples--;
        return samples;
    }

    /// <summary>Begins a clip at the session's rate.</summary>
    public void StartClip(SoundClip clip)
    {
        _clip = clip;
        _clipAt = 0;
        _clipFades = false;
        _clipGain.Target = Gain;
        _clipGain.Snap();
    }

    /// <summary>True when another clip may begin; spoken help begins to fade out where it is in the way.</summary>
    public bool MakeRoom()
    {
        if (!HasClip) return true;
        _clipFades |= _clip!.IsSpoken;
        return false;
    }

    /// <summary>The card starts anew: volume where it should be, filter empty.</summary>
    public void Begin()
    {
        Aim();
        _answerGain.Snap();
        _clipGain.Snap();
        _limiter.Reset();
        _resampler?.Reset();
    }

    /// <summary>Forgets what was made; a clip goes back by the samples not heard.</summary>
    public void Stop(int unheardSamples)
    {
        _staged = _taken = 0;
        _clipAt = Math.Max(0, _clipAt - unheardSamples);
    }

    /// <summary>Turns the first <paramref name="answer"/> samples of <see cref="Input"/>, or silence where 0, into frames.</summary>
    public void Stage(int answer, int count)
    {
        var mixed = _mixed.AsSpan(0, count);
        Aim();
        mixed[answer..].Clear();
        if (answer > 0) PcmConvert.ToFloat(_input.AsSpan(0, answer), mixed[..answer]);
        _answerGain.Apply(mixed);
        var hasSound = MixClip(mixed);
        IsToneOnly = hasSound && answer == 0 && !_clip!.IsSpoken;
        // Two sounds may be too much together; one alone never is.
        if (hasSound || !_limiter.IsAtRest) _limiter.Process(mixed);
        _taken = 0;
        if (_resampler is null) mixed.CopyTo(_mono);
        _staged = _resampler?.Process(mixed, _mono) ?? count;
        if (!_clipGain.IsUnity || (answer > 0 && !_answerGain.IsUnity)) _dither.Add(_mono.AsSpan(0, _staged));
        ChannelMixer.FromMono(_mono.AsSpan(0, _staged), _channels, _frames);
    }

    /// <summary>The card took frames: returns their mono samples, as the echo canceller wants them.</summary>
    public ReadOnlySpan<short> Take(int frames)
    {
        var reference = _reference.AsSpan(0, frames);
        PcmConvert.ToInt16(_mono.AsSpan(_taken, frames), reference);
        _taken += frames;
        return reference;
    }

    private void Aim()
    {
        _answerGain.Target = HasClip ? Gain * DuckGain : Gain;
        _clipGain.Target = _clipFades ? 0 : Gain;
    }

    private bool MixClip(Span<float> mixed)
    {
        if (_clip is null) return false;
        if (_clipFades && _clipGain.IsSilent) _clipAt = _clip.Samples.Length;
        var count = Math.Clamp(_clip.Samples.Length - _clipAt, 0, mixed.Length);
        // The place moves on past the end too, so that a stop can take back exactly what was not heard.
        _clipAt = (int)Math.Min((long)_clipAt + mixed.Length, int.MaxValue);
        if (count == 0) return false;
        var sound = _sound.AsSpan(0, count);
        _clip.Samples.AsSpan(_clipAt - mixed.Length, count).CopyTo(sound);
        _clipGain.Apply(sound);
        for (var i = 0; i < count; i++) mixed[i] += sound[i];
        return true;
    }
}

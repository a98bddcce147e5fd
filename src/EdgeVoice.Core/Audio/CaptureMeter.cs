namespace EdgeVoice.Core.Audio;

/// <summary>Counts what is wrong with a microphone's samples: clipping, and digital silence, which no real microphone delivers.</summary>
/// <remarks>Written by one thread, read by any; no allocation.</remarks>
public sealed class CaptureMeter
{
    // The highest step of 16 bits is full scale; a single sample there may be chance.
    private const float FullScale = 32766.5f / 32768f;
    private const int ClipRun = 3;
    private long _clipped, _silent, _run;

    /// <summary>Samples at full scale, three or more in a row.</summary>
    public long ClippedSamples => Volatile.Read(ref _clipped);

    /// <summary>Samples of exactly zero up to now, without any other in between.</summary>
    public long SilentSamples => Volatile.Read(ref _silent);

    /// <summary>Looks at a block.</summary>
    public void Process(ReadOnlySpan<float> samples)
    {
        var last = samples.LastIndexOfAnyExcept(0f);
        Volatile.Write(ref _silent, last < 0 ? _silent + samples.Length : samples.Length - 1 - last);
        if (last < 0) _run = 0;
        else CountClipping(samples);
    }

    /// <summary>Another device: its silence begins anew.</summary>
    public void Restart()
    {
        Volatile.Write(ref _silent, 0);
        _run = 0;
    }

    private void CountClipping(ReadOnlySpan<float> samples)
    {
        var clipped = _clipped;
        foreach (var sample in samples)
        {
            _run = Math.Abs(sample) >= FullScale ? _run + 1 : 0;
            if (_run == ClipRun) clipped += ClipRun;
            else if (_run > ClipRun) clipped++;
        }

        if (clipped != _clipped) Volatile.Write(ref _clipped, clipped);
    }
}

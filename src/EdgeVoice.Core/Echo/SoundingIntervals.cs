namespace EdgeVoice.Core.Echo;

/// <summary>When the loudspeaker sounded and will sound, as far as it still matters: a short preallocated row of intervals.</summary>
/// <remarks>One thread; allocation-free after construction.</remarks>
internal sealed class SoundingIntervals
{
    // Pauses shorter than this are part of the sound, so that the row stays short: a second of speech has some ten longer ones.
    private const long JoinNs = 20_000_000;
    private const int Capacity = 128;
    private readonly Interval[] _row = new Interval[Capacity];
    private int _first;
    private int _count;

    /// <summary>Intervals kept now.</summary>
    public int Count => _count;

    /// <summary>Appends sound from one card frame up to, not including, another.</summary>
    public void Add(long startFrame, long endFrame, long startNs, long endNs)
    {
        if (_count > 0)
        {
            ref var last = ref At(_count - 1);
            // A full row (sound chopped finer than speech ever is) grows its last interval: too much gated, never too little.
            if (startNs - last.EndNs < JoinNs || _count == Capacity)
            {
                last.EndFrame = endFrame;
                last.EndNs = Math.Max(last.EndNs, endNs);
                return;
            }
        }

        _count++;
        At(_count - 1) = new Interval { StartFrame = startFrame, EndFrame = endFrame, StartNs = startNs, EndNs = endNs };
    }

    /// <summary>Everything from card frame <paramref name="frame"/> on was never heard.</summary>
    public void CutFrom(long frame, int cardRate)
    {
        while (_count > 0 && At(_count - 1).StartFrame >= frame) _count--;
        if (_count == 0) return;
        ref var last = ref At(_count - 1);
        if (last.EndFrame <= frame) return;
        last.EndNs = Math.Max(last.StartNs, last.EndNs - (last.EndFrame - frame) * 1_000_000_000L / cardRate);
        last.EndFrame = frame;
    }

    /// <summary>
    /// True when anything between the two times sounded or lies in a sound's tail; sound that ended up to
    /// <paramref name="releasedUntilNs"/> has no tail.
    /// </summary>
    public bool Covers(long startNs, long endNs, long tailNs, long releasedUntilNs)
    {
        for (var i = 0; i < _count; i++)
        {
            ref var sound = ref At(i);
            var shutUntil = sound.EndNs <= releasedUntilNs ? sound.EndNs : sound.EndNs + tailNs;
            if (sound.StartNs < endNs && startNs < shutUntil) return true;
        }

        return false;
    }

    /// <summary>Lets go of what ended at or before that time.</summary>
    public void Forget(long endedByNs)
    {
        while (_count > 0 && At(0).EndNs <= endedByNs)
        {
            _first = (_first + 1) % Capacity;
            _count--;
        }
    }

    private ref Interval At(int index) => ref _row[(_first + index) % Capacity];

    private struct Interval
    {
        public long StartFrame;
        public long EndFrame;
        public long StartNs;
        public long EndNs;
    }
}

namespace EdgeVoice.Simulator.Devices;

/// <summary>List of starts, grown by one thread and read by any.</summary>
/// <remarks>The array is replaced when it is full, and the count published after the entry: a reader sees a whole prefix.</remarks>
internal sealed class SimulatedSinkStarts
{
    private SimulatedSinkStart[] _starts = new SimulatedSinkStart[1024];
    private int _count;

    /// <summary>Adds one at the end.</summary>
    public void Add(SimulatedSinkStart start)
    {
        var starts = _starts;
        if (_count == starts.Length)
        {
            Array.Resize(ref starts, starts.Length * 2);
            Volatile.Write(ref _starts, starts);
        }

        starts[_count] = start;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>A copy of all so far.</summary>
    public SimulatedSinkStart[] Snapshot()
    {
        var count = Volatile.Read(ref _count);
        return Volatile.Read(ref _starts)[..count];
    }

    /// <summary>File frame of a card frame, or null before the first start.</summary>
    public long? FileFrameOf(long cardFrame)
    {
        var count = Volatile.Read(ref _count);
        var starts = Volatile.Read(ref _starts);
        for (var i = count - 1; i >= 0; i--)
            if (starts[i].CardFrame <= cardFrame) return starts[i].FileFrame + cardFrame - starts[i].CardFrame;
        return null;
    }
}

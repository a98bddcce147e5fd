using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Gpio;

/// <summary>The kernel's events of one line as edges; an edge that is missing between two others is put in.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class GpioEdgeDecoder(bool isDown)
{
    private uint _sequence;

    /// <summary>The level after the last event.</summary>
    public bool IsDown { get; private set; } = isDown;

    /// <summary>Tells the edges; true when events are missing, so that the level must be read anew (<see cref="Correct"/>).</summary>
    public bool Decode(ReadOnlySpan<GpioLineEvent> events, Action<ButtonEdge> onEdge)
    {
        var gap = false;
        foreach (ref readonly var happened in events)
        {
            var (down, timeNs) = (happened.Id == GpioLineEvent.Rising, (long)happened.TimestampNs);
            if (happened.LineSequence != unchecked(_sequence + 1))
            {
                gap = true;
                if (down == IsDown) onEdge(new ButtonEdge(!down, timeNs));
            }

            _sequence = happened.LineSequence;
            IsDown = down;
            onEdge(new ButtonEdge(down, timeNs));
        }

        return gap;
    }

    /// <summary>The level was read anew: tells the edge that is missing, if one is.</summary>
    public void Correct(bool isDown, long nowNs, Action<ButtonEdge> onEdge)
    {
        if (isDown == IsDown) return;
        IsDown = isDown;
        onEdge(new ButtonEdge(isDown, nowNs));
    }
}

using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Input;

/// <summary>Key events as edges of one button, which is down while any of its keys is.</summary>
/// <remarks>One thread at a time.</remarks>
/// <param name="key">The only key that counts; null: any.</param>
/// <param name="readDown">Reads which keys are down now, for when events were lost; false when the device is gone.</param>
internal sealed class EvdevDecoder(int? key, Func<KeySet, bool> readDown)
{
    private readonly KeySet _down = new();
    private bool _isLost;

    /// <summary>The level after the last event.</summary>
    public bool IsDown { get; private set; }

    /// <summary>Takes over which keys are down, without an edge; false when the device is gone.</summary>
    public bool TryBegin()
    {
        var read = readDown(_down);
        IsDown = Counts();
        return read;
    }

    /// <summary>Tells the edges of these events; false when the device is gone.</summary>
    public bool TryDecode(ReadOnlySpan<InputEvent> events, Action<ButtonEdge> onEdge)
    {
        foreach (ref readonly var happened in events)
        {
            if (happened.Type == InputEvent.Synchronize)
            {
                if (happened.Code == InputEvent.Dropped) _isLost = true;
                if (happened.Code != InputEvent.Report || !_isLost) continue;
                _isLost = false;
                if (!readDown(_down)) return false;
                Become(Counts(), TimeNs(happened), onEdge);
            }
            else if (happened is { Type: InputEvent.Key, Value: 0 or 1 } && !_isLost)
            {
                _down.Set(happened.Code, happened.Value == 1);
                Become(Counts(), TimeNs(happened), onEdge);
            }
        }

        return true;
    }

    private static long TimeNs(in InputEvent happened) => (long)happened.Seconds * 1_000_000_000 + (long)happened.Microseconds * 1_000;

    private bool Counts() => key is { } only ? _down.Has(only) : !_down.IsEmpty;

    private void Become(bool isDown, long timeNs, Action<ButtonEdge> onEdge)
    {
        if (isDown == IsDown) return;
        IsDown = isDown;
        onEdge(new ButtonEdge(isDown, timeNs));
    }
}

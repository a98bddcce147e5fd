using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Button;

/// <summary>
/// Raw edges and time in, gestures out. A press is told at its first edge and judged afterwards; a release is told when the line
/// has stayed up, with the time of its edge, so that a break of the contact in a hold is none.
/// </summary>
/// <remarks>
/// Not thread-safe: one thread calls everything. No clock, no allocation after construction. The spans returned are valid until the
/// next call. What comes out depends on the edges' times alone, not on how late <see cref="OnTime"/> is called.
/// </remarks>
public sealed class GestureRecognizer
{
    private readonly Gesture[] _told = new Gesture[8];
    private int _count;

    private Line _line;
    private Press _press;
    private long _downNs;
    private long _upNs;
    private long _edgeNs;
    private long _lookNs;
    private int _taps;
    private long _tapUpNs;
    private bool _inRow;

    private enum Line
    {
        Up,
        UpIgnored,
        DownUnsure,
        Down,
        UpUnsure,
    }

    private enum Press
    {
        Undecided,
        Talk,
        Reset,
        ResetShown,
        ResetDone,
    }

    /// <summary>The time at which <see cref="OnTime"/> wants to be called, in monotonic nanoseconds; null when only an edge matters.</summary>
    public long? NextDeadlineNs => _line switch
    {
        Line.DownUnsure or Line.UpUnsure or Line.UpIgnored => _lookNs,
        Line.Down => Math.Min(PressDeadlineNs, _lookNs),
        _ => _taps == 3 ? _tapUpNs + ButtonTiming.RowGapNs : null,
    };

    private long PressDeadlineNs => _press switch
    {
        Press.Undecided => _downNs + ButtonTiming.TapMaxNs,
        Press.Reset => _downNs + ButtonTiming.ResetShownNs,
        Press.ResetShown => _downNs + ButtonTiming.ResetNs,
        _ => long.MaxValue,
    };

    /// <summary>
    /// The button is down already when the program starts (call once, before any edge): held on, it resets the device, and it opens
    /// no turn.
    /// </summary>
    public void StartHeld(long nowNs)
    {
        _line = Line.Down;
        _press = Press.Reset;
        _downNs = nowNs;
        _edgeNs = nowNs;
        _lookNs = nowNs + ButtonTiming.HeldCheckNs;
    }

    /// <summary>Takes one edge; returns what it and the time up to it made of the line.</summary>
    public ReadOnlySpan<Gesture> OnEdge(ButtonEdge edge)
    {
        _count = 0;
        // Up to this edge the line had the other level: what was due before it is settled first, however late we are called.
        Settle(edge.TimeNs, !edge.IsDown);
        _edgeNs = Math.Max(_edgeNs, edge.TimeNs);
        if (edge.IsDown)
        {
            if (_line == Line.Up) BeginPress(edge.TimeNs);
        }
        else
        {
            Released(edge.TimeNs);
        }

        return _told.AsSpan(0, _count);
    }

    /// <summary>
    /// Tells that time has come to <paramref name="nowNs"/> with the line's level read now; may be called at any time, and must be
    /// called at <see cref="NextDeadlineNs"/>.
    /// </summary>
    public ReadOnlySpan<Gesture> OnTime(long nowNs, bool levelDown)
    {
        _count = 0;
        Settle(nowNs, levelDown);
        return _told.AsSpan(0, _count);
    }

    private void Released(long timeNs)
    {
        switch (_line)
        {
            case Line.Down:
                WaitForRelease(timeNs);
                break;
            case Line.UpUnsure when timeNs < _upNs:
                _upNs = timeNs; // The level was seen before its edge was delivered: the edge knows better.
                break;
            case Line.Up:
                IgnoreUntil(timeNs + ButtonTiming.IgnoreNs); // The end of a glitch, delivered late: its bounces follow.
                break;
        }
    }

    private void WaitForRelease(long upNs)
    {
        _line = Line.UpUnsure;
        _upNs = upNs;
        _lookNs = upNs + ButtonTiming.IgnoreNs;
    }

    private void IgnoreUntil(long timeNs)
    {
        _line = Line.UpIgnored;
        _lookNs = timeNs;
    }

    private void BeginPress(long downNs)
    {
        _inRow = _taps > 0 && downNs - _tapUpNs < ButtonTiming.RowGapNs;
        if (!_inRow) _taps = 0;
        _line = Line.DownUnsure;
        _press = Press.Undecided;
        _downNs = downNs;
        _lookNs = downNs + ButtonTiming.IgnoreNs;
        Tell(GestureKind.Down, downNs);
    }

    private void Settle(long nowNs, bool levelDown)
    {
        while (NextDeadlineNs is { } due && due <= nowNs && Step(nowNs, levelDown))
        {
        }
    }

    /// <summary>Does what is due; false when it must wait for another look.</summary>
    private bool Step(long nowNs, bool levelDown)
    {
        switch (_line)
        {
            case Line.DownUnsure when levelDown:
                _line = Line.Down;
                _lookNs = _downNs + ButtonTiming.HeldCheckNs;
                return true;
            case Line.DownUnsure:
                return IsQuiet(_downNs, nowNs) && TakeBack();
            case Line.UpUnsure when levelDown:
                _line = Line.Down; // The contact broke for a moment.
                _lookNs = nowNs + ButtonTiming.HeldCheckNs;
                return true;
            case Line.UpUnsure:
                return IsQuiet(_upNs, nowNs) && EndPress();
            case Line.UpIgnored:
                _line = Line.Up;
                if (levelDown) BeginPress(_edgeNs);
                return true;
            case Line.Down when !levelDown:
                WaitForRelease(nowNs); // The edge is late or lost.
                return true;
            case Line.Down:
                Held(nowNs);
                return true;
            default:
                _taps = 0;
                Tell(GestureKind.TripleTap, _tapUpNs);
                return true;
        }
    }

    private bool IsQuiet(long sinceNs, long nowNs)
    {
        if (nowNs - _edgeNs >= ButtonTiming.SettleNs || nowNs - sinceNs >= ButtonTiming.SettleLimitNs) return true;
        _lookNs = Math.Min(_edgeNs + ButtonTiming.SettleNs, sinceNs + ButtonTiming.SettleLimitNs);
        return false;
    }

    private bool TakeBack()
    {
        Tell(GestureKind.Glitch, _downNs);
        IgnoreUntil(_edgeNs + ButtonTiming.IgnoreNs);
        return true;
    }

    private bool EndPress()
    {
        if (_press == Press.Undecided && _upNs - _downNs >= ButtonTiming.TapMaxNs) Hold();
        _line = Line.Up;
        switch (_press)
        {
            case Press.Undecided:
                _taps++;
                _tapUpNs = _upNs;
                Tell(_taps switch { 1 => GestureKind.Tap, 2 => GestureKind.DoubleTap, _ => GestureKind.Ignored }, _upNs);
                break;
            case Press.Talk:
                Tell(GestureKind.HoldEnded, _upNs);
                break;
            case Press.ResetShown:
                Tell(GestureKind.FactoryResetCancelled, _upNs);
                break;
        }

        return true;
    }

    private void Held(long nowNs)
    {
        if (nowNs >= _lookNs) _lookNs = nowNs + ButtonTiming.HeldCheckNs;
        if (nowNs < PressDeadlineNs) return;
        switch (_press)
        {
            case Press.Undecided:
                Hold();
                break;
            case Press.Reset:
                _press = Press.ResetShown;
                Tell(GestureKind.FactoryResetProgress, _downNs);
                break;
            case Press.ResetShown:
                _press = Press.ResetDone;
                Tell(GestureKind.FactoryReset, _downNs);
                break;
        }
    }

    private void Hold()
    {
        var resets = _inRow && _taps == ButtonTiming.ResetTaps;
        _taps = 0;
        _press = resets ? Press.Reset : Press.Talk;
        Tell(resets ? GestureKind.Ignored : GestureKind.HoldStarted, _downNs);
    }

    private void Tell(GestureKind kind, long timeNs) => _told[_count++] = new Gesture(kind, timeNs);
}

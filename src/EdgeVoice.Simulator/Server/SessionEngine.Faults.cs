namespace EdgeVoice.Simulator.Server;

internal sealed partial class SessionEngine
{
    /// <summary>What an armed fault does at an append, and whether the append is taken all the same.</summary>
    private static readonly (FaultMode Mode, bool Taken)[] AtAppend =
    [
        (FaultMode.DropBeforeAppend, false), (FaultMode.Drop, false), (FaultMode.HalfOpen, false), (FaultMode.Expire, false),
        (FaultMode.GarbageFrame, true), (FaultMode.StallReading, true),
    ];

    /// <summary>A fault on demand, at once.</summary>
    /// <returns>Whether the mode can strike at any moment and the session is open.</returns>
    internal bool Strike(FaultMode mode, int detail)
    {
        lock (_core.Gate)
            return !_over && StrikeNow(mode, detail);
    }

    private bool TakesAppend()
    {
        var taken = true;
        foreach (var (mode, goesOn) in AtAppend)
        {
            if (_core.Faults.TryTake(mode, out var detail) && StrikeNow(mode, detail))
                taken &= goesOn;
        }
        return taken;
    }

    private bool StrikeNow(FaultMode mode, int detail)
    {
        switch (mode)
        {
            case FaultMode.Drop or FaultMode.DropBeforeAppend:
                _core.Drop("on demand");
                return true;
            case FaultMode.Close:
                _core.CloseWith(detail, detail == 1001 ? ExpiredMessage : "closed by a fault on demand");
                return true;
            case FaultMode.Expire:
                _core.Refuse(new WireError("session_expired", ExpiredMessage), 1001, ExpiredMessage);
                return true;
            case FaultMode.Error:
                _core.EmitError(new WireError(null, "The server had an error while processing your request. Sorry about that!", null, "server_error"), null);
                return true;
            case FaultMode.GarbageFrame:
                _core.Note("bytes that are no frame");
                _core.Wire.SendGarbage();
                return true;
            case FaultMode.HalfOpen:
                _core.Note("half open: nothing is read or said any more");
                _core.Wire.HalfOpen();
                return true;
            case FaultMode.StallReading:
                _core.Note("reading stalls");
                _core.Wire.StopReading(_core.Options.Time, detail);
                return true;
            default:
                return StrangeNow(mode);
        }
    }

    private bool StrangeNow(FaultMode mode)
    {
        if (!StrangeMessage.Modes.Contains(mode))
            return false;
        var active = Active;
        StrangeMessage.Send(_core, mode, active?.Id ?? "resp_nobody", active?.CurrentItemId ?? "item_nobody");
        return true;
    }
}

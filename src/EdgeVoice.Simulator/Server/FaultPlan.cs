namespace EdgeVoice.Simulator.Server;

/// <summary>The armed faults of a server, taken one by one where they strike.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _armed = [];

    internal void Arm(Fault fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fault.Count);
        lock (_gate)
            _armed.Add(fault);
    }

    /// <summary>Strikes still to come.</summary>
    internal int Pending
    {
        get
        {
            lock (_gate)
                return _armed.Sum(fault => fault.Count);
        }
    }

    internal void Clear()
    {
        lock (_gate)
            _armed.Clear();
    }

    internal bool TryTake(FaultMode mode) => TryTake(mode, int.MaxValue, out _);

    internal bool TryTake(FaultMode mode, out int detail) => TryTake(mode, int.MaxValue, out detail);

    /// <summary>Takes one fault of the mode whose detail is at most <paramref name="reached"/>.</summary>
    internal bool TryTake(FaultMode mode, int reached, out int detail)
    {
        lock (_gate)
        {
            var index = _armed.FindIndex(fault => fault.Mode == mode && fault.EffectiveDetail <= reached);
            detail = index < 0 ? 0 : _armed[index].EffectiveDetail;
            if (index < 0)
                return false;
            var left = _armed[index].Count - 1;
            if (left == 0)
                _armed.RemoveAt(index);
            else
                _armed[index] = _armed[index] with { Count = left };
            return true;
        }
    }
}

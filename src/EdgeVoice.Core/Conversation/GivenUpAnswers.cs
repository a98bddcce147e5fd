namespace EdgeVoice.Core.Conversation;

/// <summary>What is not wanted any more: responses by id, and orders whose response may yet begin.</summary>
/// <remarks>Belongs to the conversation's loop.</remarks>
internal sealed class GivenUpAnswers
{
    // Late news are at most a few responses old.
    private const int Remembered = 32;
    private readonly List<string> _responses = [];
    private readonly List<(string Response, string Item)> _announced = [];
    private readonly List<int> _turns = [];
    private int _turnsUpTo;
    private int _ordersUpTo;
    private int _lastOrder;
    private int _untagged;
    private bool _automatic;

    public int NextOrder() => ++_lastOrder;

    public bool Contains(string responseId) => _responses.Contains(responseId);

    public void Add(IReadOnlyCollection<string> responses, int turn, int orders, bool automatic)
    {
        foreach (var response in responses) Add(response);
        _turnsUpTo = Math.Max(_turnsUpTo, turn);
        _ordersUpTo = _lastOrder;
        // A server that does not send our tags back: its next responses are those that were ordered.
        _untagged += orders;
        _automatic |= automatic;
    }

    /// <summary>This turn alone: one before it may still be answered.</summary>
    public void AddTurn(int turn)
    {
        if (!_turns.Contains(turn)) _turns.Add(turn);
        if (_turns.Count > Remembered) _turns.RemoveAt(0);
    }

    /// <summary>The order was placed after the last giving up, so that its response is still waited for.</summary>
    public bool IsAwaited(int order) => order > _ordersUpTo;

    public void WantAutomatic()
    {
        _automatic = false;
        _untagged = 0;
    }

    /// <summary>False for a response nobody wants; it is remembered then.</summary>
    public bool Wants(string responseId, int? turn, int? order)
    {
        var tagged = turn is not null || order is not null;
        var wanted = tagged ? !(turn <= _turnsUpTo || turn is { } one && _turns.Contains(one) || order <= _ordersUpTo) : !_automatic && _untagged == 0;
        if (tagged && wanted) _untagged = 0;
        if (wanted) return !Contains(responseId);
        _untagged = Math.Max(0, _untagged - 1);
        Add(responseId);
        return false;
    }

    public void Announce(string responseId, string itemId)
    {
        _announced.Add((responseId, itemId));
        // A response that never ends, or one that announces without end.
        if (_announced.Count > Remembered) _announced.RemoveAt(0);
    }

    public IReadOnlyList<string> TakeAnnounced(string responseId)
    {
        var items = _announced.Where(a => a.Response == responseId).Select(a => a.Item).Distinct().ToList();
        _announced.RemoveAll(a => a.Response == responseId);
        return items;
    }

    public void EndConnection()
    {
        _announced.Clear();
        WantAutomatic();
    }

    private void Add(string response)
    {
        if (Contains(response)) return;
        _responses.Add(response);
        if (_responses.Count > Remembered) _responses.RemoveAt(0);
    }
}

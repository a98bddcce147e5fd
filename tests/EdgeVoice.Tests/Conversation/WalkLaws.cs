using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.Tests.Conversation;

/// <summary>Judges every order of a walk: what may be said to a server and to the stages, whatever came before.</summary>
internal sealed class WalkLaws(ConversationBench bench)
{
    private readonly Dictionary<string, int> _known = [];
    private readonly Dictionary<string, int> _deleted = [];
    private readonly HashSet<(string Response, string Item)> _sounded = [];
    private readonly HashSet<string> _created = [];
    private readonly HashSet<string> _running = [];
    private readonly HashSet<int> _open = [];
    private readonly HashSet<int> _kept = [];
    private readonly Dictionary<(string Item, int Part), AudioItem> _audio = [];
    private int _judged;
    private bool _paused;

    /// <summary>The server has told of an item on this connection.</summary>
    public void Known(string item) => _known[item] = _known.GetValueOrDefault(item) + 1;

    /// <summary>Audio of a part of an item has come on this connection.</summary>
    public void Known(AudioItem audio)
    {
        if (_sounded.Add((audio.ResponseId, audio.ItemId))) Known(audio.ItemId);
        // Two responses may name one item: what is true of the longer one is true of it.
        var part = (audio.ItemId, audio.ContentIndex);
        if (!_audio.TryGetValue(part, out var other) || other.ReceivedSamples < audio.ReceivedSamples) _audio[part] = audio;
    }

    /// <summary>A response has begun on this connection.</summary>
    public void Created(string response)
    {
        _created.Add(response);
        _running.Add(response);
    }

    /// <summary>Responses that have begun on this connection and not ended; they end when they are asked for.</summary>
    public IReadOnlyList<string> TakeRunning()
    {
        string[] running = [.. _running];
        _running.Clear();
        return running;
    }

    /// <summary>The orders from this one on may still be answered.</summary>
    public int FirstOpenOrder { get; set; }

    /// <summary>The connection is gone: the next one knows nothing.</summary>
    public void Cut()
    {
        FirstOpenOrder = bench.Orders.Count;
        _known.Clear();
        _sounded.Clear();
        _deleted.Clear();
        _created.Clear();
        _running.Clear();
        _audio.Clear();
    }

    /// <summary>What is wrong with the orders since the last call; null: nothing.</summary>
    public string? Judge()
    {
        for (; _judged < bench.Orders.Count; _judged++)
            if (Wrong(bench.Orders[_judged].Split(':')) is { } wrong) return $"{bench.Orders[_judged]}: {wrong}";
        return null;
    }

    /// <summary>What is left over after an ordinary turn that was heard; null: nothing.</summary>
    public string? Leftovers()
    {
        if (_paused) return "the sound stands still for ever";
        var state = bench.State;
        var open = _open.Where(turn => state.Gate == TurnGate.None || turn != state.GateTurn).ToList();
        if (open.Count > 0) return $"turn {open[0]} was opened and neither closed nor taken back";
        return _kept.Count > 0 ? $"turn {_kept.First()} was closed and never settled" : null;
    }

    private string? Wrong(string[] order)
    {
        switch (order[0])
        {
            case "truncate":
                if (!_known.TryGetValue(order[1], out var named)) return "an item this connection knows nothing of";
                if (_deleted.GetValueOrDefault(order[1]) >= named) return "an item that was deleted";
                if (!_audio.TryGetValue((order[1], Number(order[2])), out var audio)) return "a part without sound";
                if (Number(order[3]) > audio.ToMs(audio.ReceivedSamples)) return "more than was received";
                return Number(order[3]) < 1 ? "nothing at all" : null;
            case "delete":
                if (!_known.TryGetValue(order[1], out var times)) return "an item this connection knows nothing of";
                // A server that names an item anew, for another response, may be told of each time.
                return (_deleted[order[1]] = _deleted.GetValueOrDefault(order[1]) + 1) <= times ? null : "deleted twice";
            case "cancel":
                return _created.Contains(order[1]) ? null : "a response that never began";
            case "open" or "open-stream":
                return _open.Add(Number(order[1])) ? null : "opened twice";
            case "close":
                _kept.Add(Number(order[1]));
                return _open.Remove(Number(order[1])) ? null : "closed without being open";
            case "abandon":
                _open.Remove(Number(order[1]));
                _kept.Remove(Number(order[1]));
                return null;
            case "settle":
                _kept.RemoveWhere(turn => turn <= Number(order[1]));
                return null;
            case "pause":
                _paused = true;
                return null;
            case "resume":
                _paused = false;
                return null;
            default:
                if (order[0].StartsWith("flush[", StringComparison.Ordinal)) _paused = false;
                return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

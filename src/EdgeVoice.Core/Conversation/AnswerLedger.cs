using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Conversation;

/// <summary>An order that cuts the server's memory of one item to what was heard.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="ContentIndex">The part.</param>
/// <param name="AudioEndMs">Truncate to this; null: delete the item, nothing of it was heard.</param>
/// <param name="PlayedMs">What the sound card says was heard.</param>
/// <param name="IsForeign">It came on an earlier connection: the present server has no such item.</param>
public sealed record CutOrder(string ItemId, int ContentIndex, int? AudioEndMs, double PlayedMs, bool IsForeign = false);

/// <summary>What is being answered and how much of it was heard.</summary>
/// <remarks>Belongs to the conversation's loop.</remarks>
public sealed class AnswerLedger
{
    private readonly List<Entry> _items = [];
    private readonly List<Answer> _responses = [];
    private readonly GivenUpAnswers _givenUp = new();
    private int _orders;

    /// <summary>A response is ordered or running, or some of an answer has not been heard.</summary>
    public bool IsBusy => IsOrdered || Running.Any() || _items.Exists(IsAwaited);

    /// <summary>A response was ordered and has not begun.</summary>
    public bool IsOrdered => _orders > 0;

    /// <summary>Responses that are running or of which something is not heard yet.</summary>
    public IReadOnlyCollection<string> Unfinished => [.. Running.Union(_items.Where(IsAwaited).Select(i => i.ResponseId))];

    /// <summary>Responses that the server is still making on this connection, and that are wanted.</summary>
    public IEnumerable<string> Running => _responses.Where(r => !r.IsDone && !_givenUp.Contains(r.Id)).Select(r => r.Id);

    /// <summary>Responses and items that are remembered.</summary>
    internal int Remembered => _responses.Count + _items.Count;

    /// <summary>A response was ordered; returns the number to tag the order with.</summary>
    public int Order()
    {
        _orders++;
        return _givenUp.NextOrder();
    }

    /// <summary>An order was refused.</summary>
    public void OrderFailed() => _orders = Math.Max(0, _orders - 1);

    /// <summary>The person speaks, or has spoken: what the server answers by itself from now on is wanted.</summary>
    public void SpeechMoved() => _givenUp.WantAutomatic();

    /// <summary>
    /// A response began; false when it was given up before. <paramref name="turn"/> and <paramref name="order"/> are the
    /// tags it came back with, null for none.
    /// </summary>
    public bool Begin(string responseId, int? turn, int? order = null)
    {
        if (!_givenUp.Wants(responseId, turn, order))
        {
            // Its turn was taken back after the order was placed: nothing more comes of it.
            if (order is { } placed && _givenUp.IsAwaited(placed)) OrderFailed();
            return false;
        }

        // An order of the uplink carries its turn alone.
        if (turn is null || order is not null) OrderFailed();
        if (!_responses.Exists(r => r.Id == responseId)) _responses.Add(new Answer(responseId));
        return true;
    }

    /// <summary>An assistant's message was announced.</summary>
    public void Announce(string responseId, string itemId)
    {
        if (_givenUp.Contains(responseId)) _givenUp.Announce(responseId, itemId);
        else if (!_items.Exists(i => i.ItemId == itemId)) _items.Add(new Entry(responseId, itemId) { IsAnnounced = true });
    }

    /// <summary>Text of an item is shown: it was read as far as it came, and nothing of it is to be deleted.</summary>
    public void Show(string responseId, string itemId)
    {
        var entry = _items.Find(i => i.ItemId == itemId);
        if (entry is null) _items.Add(entry = new Entry(responseId, itemId) { IsAnnounced = true });
        entry.IsShown = true;
    }

    /// <summary>The first audio of an item came.</summary>
    public void Attach(AudioItem audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
        // It came while its response was being given up; not a sample of it will be heard.
        if (_givenUp.Contains(audio.ResponseId)) return;
        var entry = _items.Find(i => i.ItemId == audio.ItemId && (i.Audio is null || i.Audio.ContentIndex == audio.ContentIndex));
        if (entry is null)
        {
            var announced = _items.Exists(i => i.ItemId == audio.ItemId && i.IsAnnounced);
            _items.Add(entry = new Entry(audio.ResponseId, audio.ItemId) { IsAnnounced = announced });
        }

        entry.Audio = audio;
    }

    /// <summary>So much was heard; returns items heard to their end by now.</summary>
    public IReadOnlyList<AudioItem> Heard(PlayedMark mark)
    {
        if (mark.Item is not null && _items.Find(i => ReferenceEquals(i.Audio, mark.Item)) is { } entry)
            entry.Samples = Math.Max(entry.Samples, mark.ItemSample);
        return TakeFinished();
    }

    /// <summary>What had been heard to its end before the server said that it was the end.</summary>
    public IReadOnlyList<AudioItem> Heard() => TakeFinished();

    /// <summary>
    /// A response is over, whatever the outcome; false when it was given up, and nothing follows from its end but the deletion of
    /// <paramref name="unheard"/>, items that were announced after that.
    /// </summary>
    public bool End(string responseId, out IReadOnlyList<string> unheard)
    {
        unheard = _givenUp.TakeAnnounced(responseId);
        var response = _responses.Find(r => r.Id == responseId);
        response?.IsDone = true;
        foreach (var item in _items)
            if (item.ResponseId == responseId) item.IsResponseDone = true;
        if (_givenUp.Contains(responseId)) return false;
        // One that never began, but ended: its order is done with.
        if (response is null) OrderFailed();
        // Nothing of it will be heard, and no mark will ever come: an answer in text, or a call of a tool.
        _items.RemoveAll(i => i.ResponseId == responseId && i.Audio is null && !_items.Exists(o => o.ResponseId == responseId && o.Audio is not null));
        _responses.RemoveAll(r => r.IsDone && !_items.Exists(i => i.ResponseId == r.Id));
        return true;
    }

    /// <summary>The connection is gone: nothing more comes, and the new one knows none of these items.</summary>
    public void EndConnection()
    {
        foreach (var response in _responses) response.IsDone = true;
        foreach (var item in _items)
        {
            item.IsForeign = true;
            item.IsResponseDone = true;
        }

        _items.RemoveAll(i => i.Audio is null);
        _responses.RemoveAll(r => !_items.Exists(i => i.ResponseId == r.Id));
        _orders = 0;
        _givenUp.EndConnection();
    }

    /// <summary>
    /// All answers, running or only ordered, and those to <paramref name="turn"/> and all before it, are not wanted any more;
    /// with <paramref name="automatic"/> neither is one that the server is about to begin by itself. Returns
    /// <see cref="Unfinished"/> as it was.
    /// </summary>
    public IReadOnlyCollection<string> GiveUp(int turn, bool automatic)
    {
        var unfinished = Unfinished;
        _givenUp.Add(unfinished, turn, _orders, automatic);
        _orders = 0;
        return unfinished;
    }

    /// <summary>The answer to this one turn is not wanted.</summary>
    public void Abandon(int turn) => _givenUp.AddTurn(turn);

    /// <summary>
    /// Everything queued was discarded at <paramref name="mark"/>: what to tell the server of each item, by the protocol's
    /// rules: nothing for what was heard to its end, a truncation for the one being heard, deletion for those never heard.
    /// </summary>
    public IReadOnlyList<CutOrder> Cut(PlayedMark mark, IReadOnlyCollection<string> responses)
    {
        Heard(mark);
        var orders = new List<CutOrder>();
        foreach (var item in _items.Where(i => responses.Contains(i.ResponseId)))
            if (OrderFor(item) is { } order && !orders.Exists(o => o.AudioEndMs is null && o.ItemId == order.ItemId))
                orders.Add(order with { IsForeign = item.IsForeign });
        _items.RemoveAll(i => responses.Contains(i.ResponseId));
        _responses.RemoveAll(r => responses.Contains(r.Id));
        return orders;
    }

    private bool IsAwaited(Entry item) => item.IsUnheard && !_givenUp.Contains(item.ResponseId);

    private CutOrder? OrderFor(Entry item)
    {
        if (item.Audio is not { } audio) return item is { IsAnnounced: true, IsShown: false } ? new CutOrder(item.ItemId, 0, null, 0) : null;
        var playedMs = item.Samples * 1000.0 / audio.Rate;
        // Received, not kept: audio dropped for want of room was received but never heard.
        if (item.Samples >= audio.ReceivedSamples && item.IsComplete) return null;
        if (audio.ToMs(item.Samples) >= 1)
            return new CutOrder(item.ItemId, audio.ContentIndex, Math.Min(audio.ToMs(item.Samples), audio.ToMs(audio.ReceivedSamples)), playedMs);
        var otherPartHeard = _items.Exists(i => i != item && i.ItemId == item.ItemId && i.Samples > 0);
        return item.IsAnnounced && !otherPartHeard ? new CutOrder(item.ItemId, audio.ContentIndex, null, playedMs) : null;
    }

    private List<AudioItem> TakeFinished()
    {
        var finished = new List<AudioItem>();
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i] is not { Audio: { } audio } item || item.IsUnheard || !item.IsComplete) continue;
            if (item.IsTold) continue;
            item.IsTold = true;
            finished.Add(audio);
        }

        // Heard to its end and its response done: nothing can be asked about it any more.
        _items.RemoveAll(i => i.IsTold && i.IsResponseDone && !_items.Exists(o => o.ItemId == i.ItemId && !o.IsTold));
        _items.RemoveAll(i => i.Audio is null && i.IsResponseDone);
        _responses.RemoveAll(r => r.IsDone && !_items.Exists(i => i.ResponseId == r.Id));
        return finished;
    }

    private sealed class Answer(string id)
    {
        public string Id { get; } = id;
        public bool IsDone { get; set; }
    }

    private sealed class Entry(string responseId, string itemId)
    {
        public string ResponseId { get; } = responseId;
        public string ItemId { get; } = itemId;
        public bool IsAnnounced { get; init; }
        public bool IsShown { get; set; }
        public bool IsForeign { get; set; }
        public bool IsResponseDone { get; set; }
        public bool IsTold { get; set; }
        public AudioItem? Audio { get; set; }
        public long Samples { get; set; }

        // Nothing more will come: the server said so, or its response or connection is over.
        public bool IsComplete => Audio is { IsDone: true } || IsResponseDone;

        public bool IsUnheard => Audio is { } audio && Samples < audio.KeptSamples;
    }
}

using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Conversation;

/// <summary>An order that cuts the server's memory of one item to what was heard.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="ContentIndex">The part.</param>
/// <param name="AudioEndMs">Truncate to this; null: delete the item, nothing of it was heard.</param>
/// <param name="PlayedMs">What the sound card says was heard.</param>
public sealed record CutOrder(string ItemId, int ContentIndex, int? AudioEndMs, double PlayedMs);

/// <summary>What is being answered and how much of it was heard.</summary>
/// <remarks>Belongs to the conversation's loop.</remarks>
public sealed class AnswerLedger
{
    private readonly List<Entry> _items = [];
    private readonly List<Answer> _responses = [];
    private int _abandonedUpTo;

    /// <summary>A response is running, or some of an answer has not been heard.</summary>
    public bool IsBusy => _responses.Exists(r => !r.IsDone) || _items.Exists(i => i.IsUnheard);

    /// <summary>Responses that are running or of which something is not heard yet.</summary>
    public IReadOnlyCollection<string> Unfinished =>
        [.. _responses.Where(r => !r.IsDone).Select(r => r.Id).Union(_items.Where(i => i.IsUnheard).Select(i => i.ResponseId))];

    /// <summary>Responses that the server is still making on this connection.</summary>
    public IEnumerable<string> Running => _responses.Where(r => !r.IsDone).Select(r => r.Id);

    /// <summary>A response began; false when the turn it answers was given up before.</summary>
    public bool Begin(string responseId, int? turn)
    {
        if (turn <= _abandonedUpTo) return false;
        if (!_responses.Exists(r => r.Id == responseId)) _responses.Add(new Answer(responseId));
        return true;
    }

    /// <summary>An assistant's message was announced.</summary>
    public void Announce(string responseId, string itemId)
    {
        if (!_items.Exists(i => i.ItemId == itemId)) _items.Add(new Entry(responseId, itemId) { IsAnnounced = true });
    }

    /// <summary>The first audio of an item came.</summary>
    public void Attach(AudioItem audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
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

    /// <summary>A response is over, whatever the outcome.</summary>
    public void End(string responseId)
    {
        if (_responses.Find(r => r.Id == responseId) is { } response) response.IsDone = true;
        foreach (var item in _items)
            if (item.ResponseId == responseId) item.IsResponseDone = true;
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
    }

    /// <summary>Answers to this turn and all before it are not wanted any more, even if they are only being ordered now.</summary>
    public void AbandonUpTo(int turn) => _abandonedUpTo = Math.Max(_abandonedUpTo, turn);

    /// <summary>
    /// Everything queued was discarded at <paramref name="mark"/>: what to tell the server of each item, by the protocol's
    /// rules: nothing for what was heard to its end, a truncation for the one being heard, deletion for those never heard.
    /// </summary>
    public IReadOnlyList<CutOrder> Cut(PlayedMark mark, IReadOnlyCollection<string> responses)
    {
        Heard(mark);
        var orders = new List<CutOrder>();
        foreach (var item in _items.Where(i => responses.Contains(i.ResponseId)))
            if (!item.IsForeign && OrderFor(item) is { } order) orders.Add(order);
        _items.RemoveAll(i => responses.Contains(i.ResponseId));
        _responses.RemoveAll(r => responses.Contains(r.Id));
        return orders;
    }

    private CutOrder? OrderFor(Entry item)
    {
        if (item.Audio is not { } audio) return item.IsAnnounced ? new CutOrder(item.ItemId, 0, null, 0) : null;
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
        _items.RemoveAll(i => i.IsTold && i.IsResponseDone);
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

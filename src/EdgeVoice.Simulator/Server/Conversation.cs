namespace EdgeVoice.Simulator.Server;

/// <summary>The default conversation: items in order, a limit on their number and on the user's sound that is kept.</summary>
/// <remarks>Under the session's gate.</remarks>
internal sealed class Conversation(string id)
{
    internal const int MaxItems = 5000;
    private const long MaxAudioSamples = 32 << 20;

    private readonly List<ConversationItem> _items = [];

    internal string Id { get; } = id;

    internal bool HasAssistantAudio { get; set; }

    internal bool Full => _items.Count >= MaxItems;

    internal ConversationItem? LastUser => _items.FindLast(item => item.IsUser);

    internal IReadOnlyList<ConversationItem> Items => _items;

    internal ConversationItem? Find(string itemId) => _items.Find(item => item.Id == itemId);

    internal string? LastId => _items.Count == 0 ? null : _items[^1].Id;

    /// <summary>Whether a function call output stands behind that item.</summary>
    internal bool HasOutputAfter(ConversationItem item) =>
        _items.Skip(_items.IndexOf(item) + 1).Any(later => later.Type == "function_call_output");

    /// <summary>Adds at the end and returns the id of the item before.</summary>
    internal string? Add(ConversationItem item)
    {
        var previous = LastId;
        _items.Add(item);
        ForgetOldAudio();
        return previous;
    }

    /// <summary>Inserts behind an item; "root" is the beginning.</summary>
    internal string? InsertAfter(string previous, ConversationItem item)
    {
        var index = previous == "root" ? 0 : _items.FindIndex(other => other.Id == previous) + 1;
        _items.Insert(index, item);
        return index == 0 ? null : _items[index - 1].Id;
    }

    internal void Remove(ConversationItem item) => _items.Remove(item);

    private void ForgetOldAudio()
    {
        var kept = 0L;
        for (var i = _items.Count - 1; i >= 0; i--)
        {
            kept += _items[i].UserAudio?.Length ?? 0;
            if (kept > MaxAudioSamples)
                _items[i].UserAudio = null;
        }
    }
}

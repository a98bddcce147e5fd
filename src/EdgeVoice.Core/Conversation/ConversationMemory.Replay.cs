using System.Globalization;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Conversation;

internal sealed partial class ConversationMemory
{
    /// <summary>How the event ids begin with which a session is told.</summary>
    public const string EventPrefix = "memory_";

    /// <summary>The one line before it.</summary>
    public const string Context =
        "The connection was renewed. What follows is the conversation so far, in text; go on from there and do not speak of this.";

    private const string ItemPrefix = "edgevoice_mem_";
    private int _toldItems;
    private string? _contextId;

    /// <summary>Tells a new session: a line of context, then everything as text; nothing where there is nothing.</summary>
    public IReadOnlyList<ClientEvent> Replay()
    {
        var told = Told;
        if (told.Count == 0) return [];
        _contextId = NextId();
        List<ClientEvent> events = [Create(new MessageItem(MessageRole.System, [ContentPart.InputText(Context)]) { Id = _contextId })];
        // What is told are the newest of those that can be.
        var entries = _entries.Where(e => Tell(e) is not null).TakeLast(told.Count);
        foreach (var entry in _entries) entry.ToldNextAs = null;
        foreach (var (entry, thing) in entries.Zip(told))
        {
            entry.ToldNextAs = NextId();
            events.AddRange(Tell(entry.ToldNextAs, thing));
        }

        return events;
    }

    /// <summary>Something was cut that the session was told as heard: it is taken back, and told again as far as it was.</summary>
    public IReadOnlyList<ClientEvent> Correct(Entry entry)
    {
        if (entry.ToldAs is not { } before) return [];
        var previous = _entries[.._entries.IndexOf(entry)].FindLast(e => e.ToldAs is not null)?.ToldAs ?? _contextId;
        entry.ToldAs = null;
        ConversationItemDelete delete = new(before) { EventId = $"{EventPrefix}{_toldItems}" };
        if (Tell(entry) is not { } thing) return [delete];
        entry.ToldAs = NextId();
        return [delete, .. Tell(entry.ToldAs, thing).Select(e => e with { PreviousItemId = previous })];
    }

    // A call goes as a call: told in words, a model begins to speak of calls in place of making them.
    private IEnumerable<ConversationItemCreate> Tell(string id, Remembered thing)
    {
        if (thing.Kind != RememberedKind.Call)
        {
            var isPerson = thing.Kind == RememberedKind.Person;
            var part = isPerson ? ContentPart.InputText(thing.Text) : ContentPart.OutputText(thing.Text);
            return [Create(new MessageItem(isPerson ? MessageRole.User : MessageRole.Assistant, [part]) { Id = id })];
        }

        return
        [
            Create(new FunctionCallItem(id, thing.Name!, thing.Arguments ?? "") { Id = id }),
            Create(new FunctionCallOutputItem(id, thing.Text) { Id = NextId() }),
        ];
    }

    private ConversationItemCreate Create(ConversationItem item) => new(item) { EventId = $"{EventPrefix}{_toldItems}" };

    private string NextId() => ItemPrefix + (++_toldItems).ToString(CultureInfo.InvariantCulture);
}

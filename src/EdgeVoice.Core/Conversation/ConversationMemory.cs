using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Conversation;

/// <summary>
/// What was really said and really heard, in its order, for the sessions to come: words of people, the heard part of answers, calls
/// with their outputs. Within a budget of tokens, oldest first to go.
/// </summary>
/// <remarks>Belongs to the conversation's loop.</remarks>
internal sealed partial class ConversationMemory(int tokens)
{
    // A tool's output may be long; what it was about is at its beginning.
    private const int LongestOutput = 2_000;
    private const int MostEntries = 200;
    private readonly List<Entry> _entries = [];
    private readonly HeardText _voice = new();

    /// <summary>Counts with every change that a copy outside would have to follow.</summary>
    public int Version { get; private set; }

    /// <summary>Things that are kept, those included of which nothing is to be told.</summary>
    public int Count => _entries.Count;

    /// <summary>What there is to tell, oldest first; what is to be sent again by itself is not in it.</summary>
    public IReadOnlyList<Remembered> Told
    {
        get
        {
            var (told, left) = (new List<Remembered>(), tokens);
            for (var i = _entries.Count - 1; i >= 0; i--)
            {
                if (Tell(_entries[i]) is not { } thing) continue;
                if ((left -= thing.Tokens) < 0) break;
                told.Add(thing);
            }

            told.Reverse();
            return told;
        }
    }

    /// <summary>Takes up what an earlier run of the program remembered; before anything else.</summary>
    public void Restore(IEnumerable<Remembered> past)
    {
        foreach (var thing in past)
            Add(new Entry(thing.Kind, null) { Text = thing.Text, Name = thing.Name, Arguments = thing.Arguments, IsSettled = true, IsShown = true });
    }

    /// <summary>The server has made an item of what was spoken; its words may come later, or never.</summary>
    public void Spoken(string itemId)
    {
        if (Find(itemId) is null) Add(new Entry(RememberedKind.Person, itemId));
    }

    /// <summary>Somebody typed a turn; it is on its way.</summary>
    public void Typed(int turn, string itemId, string text, bool isAsked) =>
        Add(new Entry(RememberedKind.Person, itemId) { Text = text, TypedTurn = turn, IsAsked = isAsked });

    /// <summary>The server has a typed turn: one that asks for nothing by itself will not be sent again.</summary>
    public void Taken(int turn)
    {
        if (_entries.Find(e => e.TypedTurn == turn) is { IsAsked: false } entry) entry.IsSettled = true;
    }

    /// <summary>A typed turn was taken back.</summary>
    public void TakeBack(int turn) => _entries.RemoveAll(e => e.TypedTurn == turn);

    /// <summary>The words of an item of the present connection, as they come.</summary>
    public void Words(string itemId, string text, bool isFinal)
    {
        if (Find(itemId) is not { } entry) return;
        entry.Text = isFinal ? text : entry.Text + text;
        if (isFinal && entry.Kind == RememberedKind.Person) Changed();
    }

    /// <summary>Text of an answer is shown: as good as heard.</summary>
    public void Shown(string itemId) => Answer(itemId).IsShown = true;

    /// <summary>An answer's message was announced: its words may come before its sound.</summary>
    public void Announced(string itemId) => Answer(itemId);

    /// <summary>The first sound of an item came.</summary>
    public void Sounds(AudioItem audio)
    {
        var entry = Answer(audio.ItemId);
        if (!entry.Audio.Contains(audio)) entry.Audio.Add(audio);
    }

    /// <summary>An item was heard to its end.</summary>
    public void Heard(string itemId)
    {
        if (_entries.FindLast(e => e.IsOf(itemId)) is not { Audio: [{ } audio] } entry) return;
        if (audio.IsDone && audio.KeptSamples == audio.ReceivedSamples) _voice.Learn(entry.Text.Length, audio.ToMs(audio.ReceivedSamples));
        Changed();
    }

    /// <summary>
    /// An item was cut after so much of it, zero for nothing; returns it where the present connection was told more of it than was heard.
    /// </summary>
    public Entry? Cut(string itemId, double heardMs)
    {
        if (_entries.FindLast(e => e.IsOf(itemId)) is not { } entry) return null;
        entry.CutMs = heardMs;
        Changed();
        return entry.ToldAs is null ? null : entry;
    }

    /// <summary>A call was made and answered, here or at the server; <paramref name="isSent"/>: the present connection knows.</summary>
    public void Called(string name, string arguments, string output, bool isSent) => Add(new Entry(RememberedKind.Call, null)
    {
        IsKnown = isSent,
        Name = name,
        Arguments = Short(arguments),
        Text = Short(output),
        IsSettled = true,
    });

    /// <summary>Turns up to this one, and everything spoken so far, are answered or given up: they will not be sent again.</summary>
    public void Settle(int turn)
    {
        var settled = _entries.Where(e => !e.IsSettled && (e.TypedTurn is not { } typed || typed <= turn)).ToList();
        foreach (var entry in settled) entry.IsSettled = true;
        if (settled.Exists(e => e.Text.Length > 0)) Changed();
    }

    /// <summary>The connection is gone: what is not settled will be sent again, and becomes an item of another session.</summary>
    public void EndConnection()
    {
        _entries.RemoveAll(e => e is { Kind: RememberedKind.Person, IsSettled: false, TypedTurn: null });
        foreach (var entry in _entries) entry.EndConnection();
    }

    /// <summary>A connection is ready that was told what the last <see cref="Replay"/> said.</summary>
    public void BeginConnection()
    {
        foreach (var entry in _entries) (entry.ToldAs, entry.ToldNextAs) = (entry.ToldNextAs, null);
    }

    private Remembered? Tell(Entry entry)
    {
        if (!entry.IsSettled && entry.Kind == RememberedKind.Person) return null;
        var text = entry.Kind == RememberedKind.Device ? HeardOf(entry) : entry.Text;
        return text.Length == 0 && entry.Kind != RememberedKind.Call ? null : new Remembered(entry.Kind, text, entry.Name, entry.Arguments);
    }

    // What still waits to be heard will be: where it is cut after all, that is told then.
    private string HeardOf(Entry entry)
    {
        if (entry.CutMs == 0 || (entry.Audio.Count == 0 && !entry.IsShown)) return "";
        if (entry.Audio.Count == 0) return entry.Text;
        var received = entry.Audio.Sum(a => (double)a.ToMs(a.ReceivedSamples));
        var kept = entry.Audio.Sum(a => (double)a.ToMs(a.KeptSamples));
        return _voice.Part(entry.Text, entry.CutMs ?? kept, received, entry.Audio.TrueForAll(a => a.IsDone));
    }

    private Entry Answer(string itemId)
    {
        if (Find(itemId) is { } known) return known;
        Add(new Entry(RememberedKind.Device, itemId) { IsSettled = true });
        return _entries[^1];
    }

    private Entry? Find(string itemId) => _entries.FindLast(e => e.ItemId == itemId);

    private void Add(Entry entry)
    {
        _entries.Add(entry);
        if (entry.Kind == RememberedKind.Call) Changed();
        if (_entries.Count > MostEntries) _entries.RemoveRange(0, MostEntries / 4);
    }

    private void Changed()
    {
        Version++;
        // What no session would be told any more is not kept either.
        var left = tokens;
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            left -= Tell(_entries[i])?.Tokens ?? 0;
            if (left >= 0) continue;
            _entries.RemoveRange(0, i + 1);
            return;
        }
    }

    private static string Short(string text) => text.Length <= LongestOutput ? text : text[..LongestOutput] + "…";

    /// <summary>One thing, with what is still to be known of it.</summary>
    internal sealed class Entry(RememberedKind kind, string? itemId)
    {

        private readonly string? _firstId = itemId;

        public RememberedKind Kind { get; } = kind;
        public string Text { get; set; } = "";
        public string? Name { get; init; }
        public string? Arguments { get; init; }

        /// <summary>Turn of a typed text; null: spoken, or not a person's.</summary>
        public int? TypedTurn { get; init; }

        /// <summary>A typed turn that wants an answer of its own.</summary>
        public bool IsAsked { get; init; }

        /// <summary>Its id at the connection it was made on; null once that is gone.</summary>
        public string? ItemId { get; private set; } = itemId;

        /// <summary>Its id at the present connection where that was told of it; null: it was not.</summary>
        public string? ToldAs { get; set; }

        /// <summary>Its id at the connection that is about to begin, likewise.</summary>
        public string? ToldNextAs { get; set; }

        /// <summary>A call that was made, and its output sent, on the present connection.</summary>
        public bool IsKnown { get; set; }

        public bool IsSettled { get; set; }
        public bool IsShown { get; set; }

        /// <summary>Sound of it that was heard before it was cut, in ms; null: it was not cut.</summary>
        public double? CutMs { get; set; }

        public List<AudioItem> Audio { get; } = [];

        // Its sound may outlive its connection.
        public bool IsOf(string id) => id == _firstId;

        public void EndConnection()
        {
            if (TypedTurn is null || IsSettled) ItemId = null;
            ToldAs = null;
            IsKnown = false;
        }
    }
}

using System.Globalization;

namespace EdgeVoice.Simulator.Server;

/// <summary>An armed fault: what, how often, and the mode's detail (status, close code, milliseconds or a number of appends or deltas; 0 = the mode's default).</summary>
/// <param name="Mode">What goes wrong.</param>
/// <param name="Count">How often, 1 or more.</param>
/// <param name="Detail">See <see cref="FaultMode"/>; 0 takes the default.</param>
public readonly record struct Fault(FaultMode Mode, int Count = 1, int Detail = 0)
{
    private const int MaxMs = 3_600_000;

    private static readonly (string Name, FaultMode Mode, int Default, int Min, int Max)[] Table =
    [
        ("refuse", FaultMode.Refuse, 0, 0, 0),
        ("http", FaultMode.Http, 503, 400, 599),
        ("html", FaultMode.Html, 0, 0, 0),
        ("silence", FaultMode.Silence, 0, 0, 0),
        ("fragment", FaultMode.Fragment, 0, 0, 0),
        ("stall", FaultMode.Stall, 0, 0, 0),
        ("error", FaultMode.Error, 0, 0, 0),
        ("close", FaultMode.Close, 1011, 1000, 4999),
        ("binary", FaultMode.Binary, 0, 0, 0),
        ("half-json", FaultMode.HalfJson, 0, 0, 0),
        ("huge", FaultMode.Huge, 0, 0, 0),
        ("odd-base64", FaultMode.OddBase64, 0, 0, 0),
        ("stranger", FaultMode.Stranger, 0, 0, 0),
        ("unknown", FaultMode.Unknown, 0, 0, 0),
        ("drop-before-append", FaultMode.DropBeforeAppend, 0, 0, 0),
        ("drop-after-append", FaultMode.DropAfterAppend, 1, 1, 1_000_000),
        ("drop-after-commit", FaultMode.DropAfterCommit, 0, 0, 0),
        ("drop-before-delta", FaultMode.DropBeforeDelta, 0, 0, 0),
        ("drop-mid-audio", FaultMode.DropMidAudio, 0, 0, 0),
        ("drop", FaultMode.Drop, 0, 0, 0),
        ("garbage", FaultMode.Garbage, 0, 0, 0),
        ("garbage-frame", FaultMode.GarbageFrame, 0, 0, 0),
        ("slow-upgrade", FaultMode.SlowUpgrade, 2000, 1, MaxMs),
        ("slow-greeting", FaultMode.SlowGreeting, 2000, 1, MaxMs),
        ("slow-answer", FaultMode.SlowAnswer, 2000, 1, MaxMs),
        ("half-open", FaultMode.HalfOpen, 0, 0, 0),
        ("stall-reading", FaultMode.StallReading, 0, 1, MaxMs),
        ("expire", FaultMode.Expire, 0, 0, 0),
        ("late-deltas", FaultMode.LateDeltas, 5, 1, 1000),
        ("two-items", FaultMode.TwoItems, 0, 0, 0),
    ];

    /// <summary>Every mode's name on the command line, in the order of <see cref="FaultMode"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Table.Select(row => row.Name)];

    /// <summary>The detail in force: the given one, or the mode's default.</summary>
    public int EffectiveDetail => Detail != 0 ? Detail : Row(Mode).Default;

    /// <summary>Reads <c>MODE[=DETAIL][:COUNT]</c>, for instance <c>close=1001:2</c>.</summary>
    /// <param name="text">What the person wrote.</param>
    /// <param name="fault">The fault, when true is returned.</param>
    /// <param name="problem">One line that says what is wrong and what is allowed, when false is returned.</param>
    /// <returns>Whether the text is a fault.</returns>
    public static bool TryParse(string text, out Fault fault, out string problem)
    {
        fault = default;
        var count = 1;
        var detail = 0;
        var (head, countText) = Split(text, ':');
        var (name, detailText) = Split(head, '=');
        var index = Array.FindIndex(Table, row => row.Name == name);
        if (index < 0)
        {
            problem = $"unknown fault '{name}'; allowed: {string.Join(", ", Names)}";
            return false;
        }
        if (countText is not null && !TryNumber(countText, 1, 1_000_000, out count))
        {
            problem = $"fault '{text}': the count after ':' must be a whole number of 1 or more";
            return false;
        }
        var row = Table[index];
        if (detailText is not null && (row.Max == 0 || !TryNumber(detailText, row.Min, row.Max, out detail)))
        {
            problem = row.Max == 0 ? $"fault '{name}' takes no '='" : $"fault '{name}': the number after '=' must be {row.Min} to {row.Max}";
            return false;
        }
        if (row.Mode == FaultMode.Close && detail is 1004 or 1005 or 1006 or 1015)
        {
            problem = $"fault 'close': code {detail} may not be sent in a close frame (RFC 6455)";
            return false;
        }
        fault = new Fault(row.Mode, count, detail);
        problem = "";
        return true;
    }

    private static (string Name, FaultMode Mode, int Default, int Min, int Max) Row(FaultMode mode) => Array.Find(Table, row => row.Mode == mode);

    private static (string Head, string? Tail) Split(string text, char at)
    {
        var index = text.IndexOf(at, StringComparison.Ordinal);
        return index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);
    }

    private static bool TryNumber(string text, int min, int max, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;
}

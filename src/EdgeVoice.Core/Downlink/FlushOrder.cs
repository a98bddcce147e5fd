using System.Collections.Immutable;

namespace EdgeVoice.Core.Downlink;

/// <summary>
/// What the conversation has given up: published as one reference, read by the receive loop immediately before each publish.
/// </summary>
/// <param name="Epoch">Tag for every segment written from now on.</param>
/// <param name="Dropped">Responses whose late deltas are thrown away; the last <see cref="Remembered"/>.</param>
public sealed record FlushOrder(int Epoch, ImmutableArray<string> Dropped)
{
    /// <summary>Responses remembered: a late delta is at most a few responses old.</summary>
    public const int Remembered = 16;

    /// <summary>Nothing dropped yet.</summary>
    public static FlushOrder None { get; } = new(0, []);

    /// <summary>The next order: a newer epoch and some more dropped responses.</summary>
    public FlushOrder Next(int epoch, IReadOnlyCollection<string> responses)
    {
        var all = Dropped.AddRange(responses.Where(id => !Dropped.Contains(id)));
        return new FlushOrder(epoch, all.Length > Remembered ? all[^Remembered..] : all);
    }
}

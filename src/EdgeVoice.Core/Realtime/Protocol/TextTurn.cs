using System.Globalization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Ids of the items that hold typed turns: chosen by us, so that the server's news of them name the turn.</summary>
public static class TextTurn
{
    /// <summary>Prefix of the id of the event that creates such an item.</summary>
    public const string EventPrefix = "text_";

    private const string Prefix = "edgevoice_text_";

    /// <summary>The item's id for a turn: 32 characters at most, which is what servers take.</summary>
    public static string ItemId(int turn) => Prefix + turn.ToString(CultureInfo.InvariantCulture);

    /// <summary>The turn of an item; null where it is another item.</summary>
    public static int? TurnOf(ConversationItem item) =>
        item is MessageItem { Role: MessageRole.User, Id: { } id } && id.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(Prefix.Length), CultureInfo.InvariantCulture, out var turn) ? turn : null;
}

using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>An item has entered the conversation, under its present name (<see cref="ConversationItemAdded"/>) or its older one.</summary>
public interface IConversationItemArrival
{
    /// <summary>The item.</summary>
    ConversationItem Item { get; }

    /// <summary>Id of the item before it; null for the first.</summary>
    string? PreviousItemId { get; }
}

/// <summary><c>conversation.item.added</c>: an item has entered the conversation; the model's own start empty.</summary>
/// <param name="Item">The item.</param>
/// <param name="PreviousItemId">Id of the item before it; null for the first.</param>
public sealed record ConversationItemAdded(
    ConversationItem Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PreviousItemId = null)
    : ServerEvent("conversation.item.added"), IConversationItemArrival;

/// <summary><c>conversation.item.created</c>: the older twin of <see cref="ConversationItemAdded"/>.</summary>
/// <param name="Item">The item.</param>
/// <param name="PreviousItemId">Id of the item before it; null for the first.</param>
public sealed record ConversationItemCreated(
    ConversationItem Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PreviousItemId = null)
    : ServerEvent("conversation.item.created"), IConversationItemArrival;

/// <summary><c>conversation.item.done</c>: an item is final; its content without audio.</summary>
/// <param name="Item">The item.</param>
/// <param name="PreviousItemId">Id of the item before it; null for the first.</param>
public sealed record ConversationItemDone(
    ConversationItem Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? PreviousItemId = null)
    : ServerEvent("conversation.item.done");

/// <summary><c>conversation.item.retrieved</c>: the answer to <see cref="ConversationItemRetrieve"/>, with audio.</summary>
/// <param name="Item">The item.</param>
public sealed record ConversationItemRetrieved(ConversationItem Item) : ServerEvent("conversation.item.retrieved");

/// <summary><c>conversation.item.truncated</c>: the answer to <see cref="ConversationItemTruncate"/>.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="AudioEndMs">Milliseconds of the part that were kept.</param>
public sealed record ConversationItemTruncated(string ItemId = "", int ContentIndex = 0, int AudioEndMs = 0)
    : ServerEvent("conversation.item.truncated");

/// <summary><c>conversation.item.deleted</c>: the answer to <see cref="ConversationItemDelete"/>.</summary>
/// <param name="ItemId">The item.</param>
public sealed record ConversationItemDeleted(string ItemId = "") : ServerEvent("conversation.item.deleted");

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary><c>response.created</c>: an answer has begun.</summary>
/// <param name="Response">The response, in progress.</param>
public sealed record ResponseCreated(Response Response) : ServerEvent("response.created");

/// <summary><c>response.done</c>: an answer has ended, whatever the outcome; carries no audio.</summary>
/// <param name="Response">The response with its status and output.</param>
public sealed record ResponseDone(Response Response) : ServerEvent("response.done");

/// <summary><c>response.output_item.added</c>: a new item of the answer.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="Item">The item, still empty.</param>
public sealed record ResponseOutputItemAdded(ConversationItem Item, string ResponseId = "", int OutputIndex = 0)
    : ServerEvent("response.output_item.added");

/// <summary><c>response.output_item.done</c>: an item of the answer is complete: the place to act on function calls.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="Item">The item.</param>
public sealed record ResponseOutputItemDone(ConversationItem Item, string ResponseId = "", int OutputIndex = 0)
    : ServerEvent("response.output_item.done");

/// <summary><c>response.content_part.added</c>: a new part of an item.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Part">The part, still empty.</param>
public sealed record ResponseContentPartAdded(
    ContentPart Part,
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0) : ServerEvent("response.content_part.added");

/// <summary><c>response.content_part.done</c>: a part of an item is complete.</summary>
/// <param name="ResponseId">The response.</param>
/// <param name="ItemId">The item.</param>
/// <param name="OutputIndex">Place of the item in the response.</param>
/// <param name="ContentIndex">Content part within the item.</param>
/// <param name="Part">The part.</param>
public sealed record ResponseContentPartDone(
    ContentPart Part,
    string ResponseId = "",
    string ItemId = "",
    int OutputIndex = 0,
    int ContentIndex = 0) : ServerEvent("response.content_part.done");

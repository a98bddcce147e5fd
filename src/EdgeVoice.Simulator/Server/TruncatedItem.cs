namespace EdgeVoice.Simulator.Server;

/// <summary>A truncation that was accepted.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="ContentIndex">The content part.</param>
/// <param name="AudioEndMs">What remains of it, milliseconds.</param>
public sealed record TruncatedItem(string ItemId, int ContentIndex, int AudioEndMs);

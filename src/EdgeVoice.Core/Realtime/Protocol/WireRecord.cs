using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Base of everything that has fields on the wire: keeps the fields this program has no name for.</summary>
/// <remarks>Immutable once read or built; may be handed between threads.</remarks>
public abstract record WireRecord
{
    /// <summary>Fields not known to this program, as they came; null when there were none. They are written back.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? UnknownFields { get; set; }
}

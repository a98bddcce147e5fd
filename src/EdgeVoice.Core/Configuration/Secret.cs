using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>A text that must not be seen: <see cref="ToString"/>, JSON and the debugger show <c>***</c>.</summary>
/// <remarks>Immutable: any thread may use it.</remarks>
[DebuggerDisplay("***")]
[JsonConverter(typeof(HiddenConverter))]
public sealed class Secret
{
    /// <summary>What is shown in its place.</summary>
    public const string Hidden = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Wraps <paramref name="value"/>.</summary>
    public Secret(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>The text itself; only for the header it is sent in.</summary>
    public string Reveal() => _value;

    /// <summary>Always <c>***</c>.</summary>
    public override string ToString() => Hidden;

    private sealed class HiddenConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("A secret is never read from JSON.");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue(Hidden);
    }
}

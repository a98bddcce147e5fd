using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>One option as it is in force.</summary>
/// <param name="Path">Which one, from the options' root.</param>
/// <param name="Json">Its value as JSON on one line; <c>null</c> where it is not set.</param>
/// <param name="Origin">Where it comes from, as <see cref="ConfigurationResult.Origins"/> says it.</param>
public sealed record ConfigurationValue(string Path, string Json, string Origin);

/// <summary>Lists options for people and scripts.</summary>
/// <remarks>Pure: any thread may call it.</remarks>
public static class ConfigurationValues
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every option of <paramref name="options"/> in the order of the records, with its origin.</summary>
    public static IReadOnlyList<ConfigurationValue> Of(EdgeVoiceOptions options, IReadOnlyDictionary<string, string> origins) =>
        [.. OptionTree.Leaves(options).Select(leaf => new ConfigurationValue(
            leaf.Path, OptionJson.ToNode(leaf.Value)?.ToJsonString(OneLine) ?? "null", origins.GetValueOrDefault(leaf.Path, ConfigurationMerge.Shipped)))];
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeVoice.Core.Configuration;

/// <summary>Tracing under the server's own names.</summary>
public enum TracingMode
{
    /// <summary>The server names the trace.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,
}

/// <summary>Traces of the session at the server: <c>"auto"</c>, or under names of your own.</summary>
[Alternatives]
[ShortForm(text: nameof(Mode))]
public sealed record TracingOptions
{
    /// <summary>The server names it; null (default) where there are names.</summary>
    [Option("The server names it; null where there are names.")]
    public TracingMode? Mode { get; init; }

    /// <summary>Name of the workflow, 1 to 256 characters; default null.</summary>
    [Option("Name of the workflow, 1 to 256 characters.")]
    public string? WorkflowName { get; init; }

    /// <summary>Group of the trace, 1 to 256 characters; default null.</summary>
    [Option("Group of the trace, 1 to 256 characters.")]
    public string? GroupId { get; init; }

    /// <summary>Anything else to be found by, an object; default null.</summary>
    [Option("Anything else to be found by, an object.")]
    public JsonElement? Metadata { get; init; }
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeVoice.Core.Configuration;

/// <summary>Checks what is asked of the server, but for its tools.</summary>
internal static partial class RealtimeRules
{
    private const int NameLength = 256;

    /// <summary>Adds what is wrong with <paramref name="options"/>.</summary>
    public static void Check(OptionRules rules, RealtimeOptions options)
    {
        if (RealtimeEndpoint.Problem(options.Url) is { } problem)
            rules.Add(problem);
        rules.Text("realtime.model", options.Model, NameLength);
        Voice(rules, options.Voice);
        rules.Length("realtime.instructions", options.Instructions, 32_768);
        rules.AbsolutePath("realtime.caFile", options.CaFile);
        TranscriptionRules.Check(rules, options);
        Truncation(rules, options.Truncation);
        Prompt(rules, options.Prompt);
        Tracing(rules, options.Tracing);
        Reasoning(rules, options);
        if (options.Credential is { } credential)
            CredentialRules.Check(rules, credential);
        else if (!RealtimeEndpoint.MayBeAnonymous(options.Url))
            rules.Add(CredentialRules.ApiKeyPath, "nothing", CredentialRules.Allowed);
    }

    private static void Voice(OptionRules rules, VoiceOptions voice)
    {
        const string Allowed = "the name of a voice in quotes, or {\"id\": \"voice_...\"}";
        if (voice is { Name: null, Id: null } or { Name: not null, Id: not null })
            rules.Add("realtime.voice", voice.Name is null ? "neither name nor id" : "both name and id", Allowed);
        // A bare name stands where the voice does.
        rules.Text("realtime.voice", voice.Name, NameLength);
        rules.Text("realtime.voice.id", voice.Id, NameLength);
    }

    private static void Truncation(OptionRules rules, TruncationOptions? options)
    {
        if (options is null)
            return;
        if (options is { Mode: null, RetentionRatio: null } or { Mode: not null, RetentionRatio: not null })
            rules.Add("realtime.truncation", options.Mode is null ? "no rule" : "two rules", "\"auto\", \"disabled\" or {\"retentionRatio\": 0 to 1}");
        if (options is { RetentionRatio: null, PostInstructionsTokens: not null })
            rules.Add("realtime.truncation.postInstructionsTokens", "a limit without a share", "it only beside retentionRatio");
    }

    private static void Prompt(OptionRules rules, PromptOptions? options)
    {
        if (options is null)
            return;
        rules.Text("realtime.prompt.id", options.Id, NameLength);
        rules.Text("realtime.prompt.version", options.Version, 64);
        rules.Count("realtime.prompt.variables", options.Variables?.Count, 0, 64);
        foreach (var (name, value) in options.Variables ?? new Dictionary<string, JsonElement>())
        {
            if (!IsInput(value))
                rules.Add("realtime.prompt.variables", $"another kind of value for {ValueText.Quote(name)}", "texts, or objects of type \"input_text\", \"input_image\" or \"input_file\"");
        }
    }

    private static bool IsInput(JsonElement value) => value.ValueKind == JsonValueKind.String
        || (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && type.GetString() is "input_text" or "input_image" or "input_file");

    private static void Tracing(OptionRules rules, TracingOptions? options)
    {
        if (options is null)
            return;
        if (options.Mode is not null && options is not { WorkflowName: null, GroupId: null, Metadata: null })
            rules.Add("realtime.tracing", "\"auto\" and names", "\"auto\", or an object without mode");
        rules.Text("realtime.tracing.workflowName", options.WorkflowName, NameLength);
        rules.Text("realtime.tracing.groupId", options.GroupId, NameLength);
        if (options.Metadata is { ValueKind: not JsonValueKind.Object })
            rules.Add("realtime.tracing.metadata", "no object", "an object: { ... }");
    }

    // Elsewhere a name may stand for any model; OpenAI refuses the whole session.
    private static void Reasoning(OptionRules rules, RealtimeOptions options)
    {
        const string Allowed = "it only with a reasoning model, such as \"gpt-realtime-2\"";
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Host != "api.openai.com" || !DoesNotReason().IsMatch(options.Model))
            return;
        if (options.ReasoningEffort is not null)
            rules.Add("realtime.reasoningEffort", $"it with {ValueText.Quote(options.Model)}", Allowed);
        if (options.ParallelToolCalls is not null)
            rules.Add("realtime.parallelToolCalls", $"it with {ValueText.Quote(options.Model)}", Allowed);
    }

    [GeneratedRegex(@"\Agpt-(4o|audio|realtime(\z|-mini|-1\.|-20[0-9]{2}-))", RegexOptions.CultureInvariant)]
    private static partial Regex DoesNotReason();
}

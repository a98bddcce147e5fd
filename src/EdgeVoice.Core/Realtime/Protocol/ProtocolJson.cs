using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Builds the serializer's options: generated metadata, tolerant converters, counting.</summary>
internal static class ProtocolJson
{
    /// <summary>Options whose converters count into <paramref name="counters"/>.</summary>
    public static JsonSerializerOptions CreateOptions(ProtocolCounters counters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ProtocolJsonContext.Default.WithAddedModifier(info => Adjust(info, counters)),
        };
        AddOptional(options.Converters);
        AddWords(options.Converters, counters);
        AddFamilies(options.Converters, counters);
        options.Converters.Add(new WholeNumberConverter());
        options.Converters.Add(new TokenLimitConverter());
        options.Converters.Add(new AudioFormatConverter(counters));
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Leaves out absent fields, reads null into texts that cannot be null, counts unknown fields and content parts.</summary>
    private static void Adjust(JsonTypeInfo info, ProtocolCounters counters)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in info.Properties)
        {
            if (typeof(IOptional).IsAssignableFrom(property.PropertyType))
                property.ShouldSerialize = static (_, value) => ((IOptional)value!).IsPresent;
            else if (property.PropertyType == typeof(string) && property.AssociatedParameter is { IsNullable: false })
                property.CustomConverter = new NeverNullStringConverter();
        }

        if (!typeof(WireRecord).IsAssignableFrom(info.Type))
            return;
        info.OnDeserialized = record => Count((WireRecord)record, counters);
    }

    private static void Count(WireRecord record, ProtocolCounters counters)
    {
        if (record is ContentPart { Kind: ContentKind.Unknown })
            counters.CountUnknownEnumValue();
        if (record.UnknownFields is not { } unknown)
            return;
        var beta = record is Session or Response ? unknown.Keys.Count(BetaSettings.Names.Contains) : 0;
        counters.CountUnknownFields(unknown.Count - beta);
    }

    private static void AddOptional(IList<JsonConverter> converters)
    {
        converters.Add(new OptionalConverter<string>());
        converters.Add(new OptionalConverter<int?>());
        converters.Add(new OptionalConverter<JsonElement?>());
        converters.Add(new OptionalConverter<Usage>());
        converters.Add(new OptionalConverter<ResponseStatusDetails>());
        converters.Add(new OptionalConverter<NoiseReduction>());
        converters.Add(new OptionalConverter<InputTranscription>());
        converters.Add(new OptionalConverter<TurnDetection>());
        converters.Add(new OptionalConverter<Voice>());
        converters.Add(new OptionalConverter<Tracing>());
        converters.Add(new OptionalConverter<Truncation>());
        converters.Add(new OptionalConverter<Prompt>());
        converters.Add(new OptionalConverter<Reasoning>());
        converters.Add(new OptionalConverter<McpCallError>());
        converters.Add(new OptionalConverter<IReadOnlyList<string>>());
        converters.Add(new OptionalConverter<IReadOnlyList<LogProb>>());
        converters.Add(new OptionalConverter<IReadOnlyDictionary<string, string>>());
        converters.Add(new OptionalConverter<IReadOnlyDictionary<string, JsonElement>>());
    }

    private static void AddWords(IList<JsonConverter> converters, ProtocolCounters counters)
    {
        converters.Add(new WordConverter<MessageRole>(counters));
        converters.Add(new WordConverter<ItemStatus>(counters));
        converters.Add(new WordConverter<ResponseStatus>(counters));
        converters.Add(new WordConverter<ResponseStatusReason>(counters));
        converters.Add(new WordConverter<OutputModality>(counters));
        converters.Add(new WordConverter<NoiseReductionType>(counters));
        converters.Add(new WordConverter<Eagerness>(counters));
        converters.Add(new WordConverter<ReasoningEffort>(counters));
    }

    private static void AddFamilies(IList<JsonConverter> converters, ProtocolCounters counters)
    {
        converters.Add(new TaggedConverter<ConversationItem>(counters)
        {
            Unknown = typeof(UnknownItem),
            Known = new Dictionary<string, Type>
            {
                ["message"] = typeof(MessageItem),
                ["function_call"] = typeof(FunctionCallItem),
                ["function_call_output"] = typeof(FunctionCallOutputItem),
                ["mcp_list_tools"] = typeof(McpListToolsItem),
                ["mcp_call"] = typeof(McpCallItem),
                ["mcp_approval_request"] = typeof(McpApprovalRequestItem),
                ["mcp_approval_response"] = typeof(McpApprovalResponseItem),
                ["item_reference"] = typeof(ItemReference),
            },
        });
        converters.Add(new TaggedConverter<TurnDetection>(counters)
        {
            Unknown = typeof(UnknownTurnDetection),
            DefaultTag = "server_vad",
            Known = new Dictionary<string, Type> { ["server_vad"] = typeof(ServerVad), ["semantic_vad"] = typeof(SemanticVad) },
        });
        converters.Add(new TaggedConverter<Tool>(counters)
        {
            Unknown = typeof(UnknownTool),
            DefaultTag = "function",
            Known = new Dictionary<string, Type> { ["function"] = typeof(FunctionTool), ["mcp"] = typeof(McpTool) },
        });
        converters.Add(new TaggedConverter<TranscriptionUsage>(counters)
        {
            Unknown = typeof(UnknownTranscriptionUsage),
            Known = new Dictionary<string, Type>
            {
                ["tokens"] = typeof(TranscriptionTokenUsage),
                ["duration"] = typeof(TranscriptionDurationUsage),
            },
        });
        AddWordFamilies(converters, counters);
    }

    /// <summary>The families some of whose members are bare words.</summary>
    private static void AddWordFamilies(IList<JsonConverter> converters, ProtocolCounters counters)
    {
        converters.Add(new TaggedConverter<ToolChoice>(counters)
        {
            Unknown = typeof(UnknownToolChoice),
            FromWord = word => new ToolChoiceMode(word),
            Known = new Dictionary<string, Type> { ["function"] = typeof(ToolChoiceFunction), ["mcp"] = typeof(ToolChoiceMcp) },
        });
        converters.Add(new TaggedConverter<Truncation>(counters)
        {
            Unknown = typeof(UnknownTruncation),
            FromWord = word => new TruncationMode(word),
            Known = new Dictionary<string, Type> { ["retention_ratio"] = typeof(RetentionRatioTruncation) },
        });
        converters.Add(new TaggedConverter<Voice>(counters)
        {
            Unknown = typeof(CustomVoice),
            FromWord = word => new NamedVoice(word),
            Known = new Dictionary<string, Type> { [""] = typeof(CustomVoice) },
        });
        converters.Add(new TaggedConverter<Tracing>(counters)
        {
            Unknown = typeof(TracingSettings),
            FromWord = word => new TracingMode(word),
            Known = new Dictionary<string, Type> { [""] = typeof(TracingSettings) },
        });
    }
}

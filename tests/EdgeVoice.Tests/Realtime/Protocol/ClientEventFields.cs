using System.Text.Json;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>
/// The exact field names we mean to send, event by event: the schema's objects are open, so it would not see a misspelt one.
/// Depends on nothing of the program, so that other test projects can compile it in.
/// </summary>
public static class ClientEventFields
{
    /// <summary>Allowed members of an object: name and the shape of the value; null shape for values that are not looked into.</summary>
    private sealed class Shape : Dictionary<string, Shape?>
    {
        /// <summary>Shape by the value of <c>type</c>, where the object is one of a family.</summary>
        public Dictionary<string, Shape> ByType { get; } = [];
    }

    private static readonly Shape Format = new() { ["type"] = null, ["rate"] = null };

    private static readonly Shape Reasoning = new() { ["effort"] = null };

    private static readonly Shape Prompt = new() { ["id"] = null, ["version"] = null, ["variables"] = null };

    private static readonly Shape Tool = Family(
        ("function", new() { ["type"] = null, ["name"] = null, ["description"] = null, ["parameters"] = null }),
        ("mcp", new()
        {
            ["type"] = null,
            ["server_label"] = null,
            ["server_url"] = null,
            ["connector_id"] = null,
            ["tunnel_id"] = null,
            ["authorization"] = null,
            ["server_description"] = null,
            ["headers"] = null,
            ["allowed_tools"] = null,
            ["allowed_callers"] = null,
            ["require_approval"] = null,
            ["defer_loading"] = null,
        }));

    private static readonly Shape ToolChoice = Family(
        ("function", new() { ["type"] = null, ["name"] = null }),
        ("mcp", new() { ["type"] = null, ["server_label"] = null, ["name"] = null }));

    private static readonly Shape TurnDetection = Family(
        ("server_vad", new()
        {
            ["type"] = null,
            ["threshold"] = null,
            ["prefix_padding_ms"] = null,
            ["silence_duration_ms"] = null,
            ["idle_timeout_ms"] = null,
            ["create_response"] = null,
            ["interrupt_response"] = null,
        }),
        ("semantic_vad", new()
        {
            ["type"] = null,
            ["eagerness"] = null,
            ["create_response"] = null,
            ["interrupt_response"] = null,
        }));

    private static readonly Shape Output = new()
    {
        ["format"] = Format,
        ["voice"] = new() { ["id"] = null },
        ["speed"] = null,
    };

    private static readonly Shape Input = new()
    {
        ["format"] = Format,
        ["noise_reduction"] = new() { ["type"] = null },
        ["transcription"] = new()
        {
            ["model"] = null,
            ["language"] = null,
            ["languages"] = null,
            ["keywords"] = null,
            ["prompt"] = null,
            ["delay"] = null,
        },
        ["turn_detection"] = TurnDetection,
    };

    private static readonly Shape Session = Family(
        ("realtime", new()
        {
            ["type"] = null,
            ["model"] = null,
            ["output_modalities"] = null,
            ["instructions"] = null,
            ["audio"] = new() { ["input"] = Input, ["output"] = Output },
            ["include"] = null,
            ["tracing"] = new() { ["workflow_name"] = null, ["group_id"] = null, ["metadata"] = null },
            ["tools"] = Tool,
            ["tool_choice"] = ToolChoice,
            ["parallel_tool_calls"] = null,
            ["reasoning"] = Reasoning,
            ["max_output_tokens"] = null,
            ["truncation"] = new()
            {
                ["type"] = null,
                ["retention_ratio"] = null,
                ["token_limits"] = new() { ["post_instructions"] = null },
            },
            ["prompt"] = Prompt,
        }),
        ("transcription", new() { ["type"] = null, ["audio"] = new() { ["input"] = Input }, ["include"] = null }));

    private static readonly Shape Content = Family(
        ("input_text", new() { ["type"] = null, ["text"] = null }),
        ("input_audio", new() { ["type"] = null, ["audio"] = null, ["transcript"] = null }),
        ("input_image", new() { ["type"] = null, ["image_url"] = null, ["detail"] = null }),
        ("output_text", new() { ["type"] = null, ["text"] = null }));

    private static readonly Shape Item = Family(
        ("message", ItemOf("role", "content")),
        ("function_call", ItemOf("name", "arguments", "call_id")),
        ("function_call_output", ItemOf("call_id", "output")),
        ("mcp_approval_response", ItemOf("approval_request_id", "approve", "reason")));

    private static readonly Shape InputItem = Family(
        [.. Item.ByType.Select(t => (t.Key, t.Value)), ("item_reference", new() { ["type"] = null, ["id"] = null })]);

    private static readonly Shape Response = new()
    {
        ["output_modalities"] = null,
        ["instructions"] = null,
        ["audio"] = new() { ["output"] = new() { ["format"] = Format, ["voice"] = new() { ["id"] = null } } },
        ["tools"] = Tool,
        ["tool_choice"] = ToolChoice,
        ["parallel_tool_calls"] = null,
        ["reasoning"] = Reasoning,
        ["max_output_tokens"] = null,
        ["conversation"] = null,
        ["metadata"] = null,
        ["prompt"] = Prompt,
        ["input"] = InputItem,
    };

    private static readonly Shape Event = Family(
        ("session.update", EventOf(("session", Session))),
        ("input_audio_buffer.append", EventOf(("audio", null))),
        ("input_audio_buffer.commit", EventOf()),
        ("input_audio_buffer.clear", EventOf()),
        ("output_audio_buffer.clear", EventOf()),
        ("conversation.item.create", EventOf(("previous_item_id", null), ("item", Item))),
        ("conversation.item.retrieve", EventOf(("item_id", null))),
        ("conversation.item.truncate", EventOf(("item_id", null), ("content_index", null), ("audio_end_ms", null))),
        ("conversation.item.delete", EventOf(("item_id", null))),
        ("response.create", EventOf(("response", Response))),
        ("response.cancel", EventOf(("response_id", null))));

    /// <summary>The names of the client events.</summary>
    public static IReadOnlyCollection<string> EventTypes => Event.ByType.Keys;

    /// <summary>What in a client event is not meant to be sent, one line each with its path; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(JsonElement clientEvent)
    {
        var faults = new List<string>();
        if (clientEvent.ValueKind != JsonValueKind.Object)
            faults.Add("$: an event is an object");
        else
            Check(clientEvent, Event, "$", faults);
        return faults;
    }

    private static void Check(JsonElement value, Shape? shape, string path, List<string> faults)
    {
        if (shape is null)
            return;
        if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var element in value.EnumerateArray())
                Check(element, shape, $"{path}[{index++}]", faults);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            CheckObject(value, shape, path, faults);
        }
    }

    private static void CheckObject(JsonElement value, Shape shape, string path, List<string> faults)
    {
        if (shape.ByType.Count > 0)
        {
            var type = value.TryGetProperty("type", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString()! : "";
            if (!shape.ByType.TryGetValue(type, out var member))
            {
                faults.Add($"{path}.type: '{type}' is not one of {string.Join(", ", shape.ByType.Keys)}");
                return;
            }

            shape = member;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!shape.TryGetValue(member.Name, out var inner))
                faults.Add($"{path}.{member.Name}: not a field we mean to send");
            else
                Check(member.Value, inner, $"{path}.{member.Name}", faults);
        }
    }

    private static Shape Family(params (string Type, Shape Shape)[] members)
    {
        var family = new Shape();
        foreach (var (type, shape) in members)
            family.ByType.Add(type, shape);
        return family;
    }

    private static Shape EventOf(params (string Name, Shape? Shape)[] fields)
    {
        var shape = new Shape { ["type"] = null, ["event_id"] = null };
        foreach (var (name, inner) in fields)
            shape.Add(name, inner);
        return shape;
    }

    private static Shape ItemOf(params string[] fields)
    {
        var shape = new Shape { ["id"] = null, ["type"] = null, ["status"] = null };
        foreach (var name in fields)
            shape.Add(name, name == "content" ? Content : null);
        return shape;
    }
}

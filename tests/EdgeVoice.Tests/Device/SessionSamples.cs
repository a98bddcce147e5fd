using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Device;
using EdgeVoice.Tests.Configuration;

namespace EdgeVoice.Tests.Device;

/// <summary>What the configuration says of the session, and what is to be sent for it.</summary>
internal static class SessionSamples
{
    private const string Pcm = """{"type":"audio/pcm","rate":24000}""";

    /// <summary>Keys of <c>realtime</c> and the fields of the session they become, each beside those that are always sent.</summary>
    public static readonly (string Realtime, string Session)[] Fields =
    [
        ("", ""),
        (""" "instructions": "" """, """ "instructions": "" """),
        (""" "output": { "modality": "text" } """, """ "output_modalities": ["text"] """),
        (""" "maxOutputTokens": 77 """, """ "max_output_tokens": 77 """),
        (""" "maxOutputTokens": "inf" """, """ "max_output_tokens": "inf" """),
        (""" "parallelToolCalls": false, "model": "gpt-realtime-2" """, """ "parallel_tool_calls": false """),
        (""" "reasoningEffort": "minimal", "model": "gpt-realtime-2" """, """ "reasoning": { "effort": "minimal" } """),
        (""" "reasoningEffort": "xhigh", "model": "gpt-realtime-2" """, """ "reasoning": { "effort": "xhigh" } """),
        (""" "tracing": "auto" """, """ "tracing": "auto" """),
        (""" "tracing": { "workflowName": "w", "groupId": "g", "metadata": { "a": [1] } } """,
            """ "tracing": { "workflow_name": "w", "group_id": "g", "metadata": { "a": [1] } } """),
        (""" "truncation": "auto" """, """ "truncation": "auto" """),
        (""" "truncation": "disabled" """, """ "truncation": "disabled" """),
        (""" "truncation": { "retentionRatio": 0.8 } """, """ "truncation": { "type": "retention_ratio", "retention_ratio": 0.8 } """),
        (""" "truncation": { "retentionRatio": 0, "postInstructionsTokens": 900 } """,
            """ "truncation": { "type": "retention_ratio", "retention_ratio": 0, "token_limits": { "post_instructions": 900 } } """),
        (""" "prompt": { "id": "p" } """, """ "prompt": { "id": "p" } """),
        (""" "prompt": { "id": "p", "version": "3", "variables": { "who": "Ann", "what": { "type": "input_text", "text": "tea" } } } """,
            """ "prompt": { "id": "p", "version": "3", "variables": { "who": "Ann", "what": { "type": "input_text", "text": "tea" } } } """),
        (""" "tools": [] """, """ "tools": [] """),
        (""" "tools": [{ "name": "f", "description": "d", "parameters": { "type": "object", "properties": {} } }], "toolChoice": { "type": "function", "name": "f" } """,
            """ "tools": [{ "type": "function", "name": "f", "description": "d", "parameters": { "type": "object", "properties": {} } }], "tool_choice": { "type": "function", "name": "f" } """),
        (""" "tools": [{ "name": "f" }], "toolChoice": "required" """, """ "tools": [{ "type": "function", "name": "f" }], "tool_choice": "required" """),
        (""" "toolChoice": "none" """, """ "tool_choice": "none" """),
        (""" "toolChoice": "auto" """, """ "tool_choice": "auto" """),
        (""" "tools": [{ "type": "mcp", "serverLabel": "s", "serverUrl": "https://host/mcp" }], "toolChoice": { "type": "mcp", "serverLabel": "s" } """,
            """ "tools": [{ "type": "mcp", "server_label": "s", "server_url": "https://host/mcp" }], "tool_choice": { "type": "mcp", "server_label": "s" } """),
        ("""
         "tools": [{ "type": "mcp", "serverLabel": "s", "connectorId": "connector_gmail", "serverDescription": "mail", "authorization": { "environment": "T" },
           "headers": { "x-room": "kitchen" }, "allowedTools": ["a"], "allowedCallers": ["direct", "programmatic"], "requireApproval": "never", "deferLoading": true }],
         "toolChoice": { "type": "mcp", "serverLabel": "s", "name": "a" }
         """,
            """
            "tools": [{ "type": "mcp", "server_label": "s", "connector_id": "connector_gmail", "server_description": "mail", "authorization": "token-of-T",
              "headers": { "x-room": "kitchen" }, "allowed_tools": { "tool_names": ["a"] }, "allowed_callers": ["direct", "programmatic"], "require_approval": "never",
              "defer_loading": true }],
            "tool_choice": { "type": "mcp", "server_label": "s", "name": "a" }
            """),
        ("""
         "tools": [{ "type": "mcp", "serverLabel": "s", "tunnelId": "tunnel_0123456789abcdef0123456789abcdef", "allowedTools": { "readOnly": true },
           "requireApproval": { "always": ["a"], "never": { "readOnly": true } } }]
         """,
            """
            "tools": [{ "type": "mcp", "server_label": "s", "tunnel_id": "tunnel_0123456789abcdef0123456789abcdef", "allowed_tools": { "read_only": true },
              "require_approval": { "always": { "tool_names": ["a"] }, "never": { "read_only": true } } }]
            """),
        // The token of this server cannot be had: it is left out, the other stays.
        ("""
         "tools": [{ "type": "mcp", "serverLabel": "s", "serverUrl": "https://host/", "authorization": { "environment": "MISSING" }, "requireApproval": "always" },
           { "type": "mcp", "serverLabel": "t", "serverUrl": "https://host/", "requireApproval": "always" }]
         """,
            """ "tools": [{ "type": "mcp", "server_label": "t", "server_url": "https://host/", "require_approval": "always" }] """),
    ];

    /// <summary>Keys of <c>realtime</c> and the fields of the session's sound they become; <c>{0}</c> in hands-free mode only.</summary>
    public static readonly (bool HandsFree, string Realtime, string Input, string Output)[] Sound =
    [
        (false, """ "turnDetection": { "type": "server_vad" } """, """ "turn_detection": null """, ""),
        (false, """ "voice": { "id": "voice_1" }, "speed": 1.25 """, """ "turn_detection": null """, """ "voice": { "id": "voice_1" }, "speed": 1.25 """),
        (false, """ "voice": "cedar" """, """ "turn_detection": null """, """ "voice": "cedar" """),
        (false, """ "input": { "format": "pcmu" }, "output": { "format": "pcma" } """, """ "format": { "type": "audio/pcmu" }, "turn_detection": null """, """ "format": { "type": "audio/pcma" } """),
        (false, """ "noiseReduction": "near_field" """, """ "noise_reduction": { "type": "near_field" }, "turn_detection": null """, ""),
        (false, """ "noiseReduction": "far_field" """, """ "noise_reduction": { "type": "far_field" }, "turn_detection": null """, ""),
        (false, """ "transcription": { } """, """ "transcription": { "model": "gpt-4o-mini-transcribe", "language": "de" }, "turn_detection": null """, ""),
        (false, """ "transcription": { "model": "gpt-transcribe", "languages": ["de-AT", "de-CH", "en"], "keywords": ["tea"], "prompt": "kitchen" } """,
            """ "transcription": { "model": "gpt-transcribe", "languages": ["de", "en"], "keywords": ["tea"], "prompt": "kitchen" }, "turn_detection": null """, ""),
        (false, """ "transcription": { "model": "gpt-realtime-whisper", "language": "en-GB", "delay": "xhigh" } """,
            """ "transcription": { "model": "gpt-realtime-whisper", "language": "en", "delay": "xhigh" }, "turn_detection": null """, ""),
        (true, "", """ "turn_detection": { "type": "semantic_vad", "eagerness": "auto", "create_response": true, "interrupt_response": true } """, ""),
        (true, """ "turnDetection": { "eagerness": "low", "createResponse": false, "interruptResponse": false } """,
            """ "turn_detection": { "type": "semantic_vad", "eagerness": "low", "create_response": false, "interrupt_response": false } """, ""),
        (true, """ "turnDetection": { "type": "server_vad" } """,
            """ "turn_detection": { "type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 500, "idle_timeout_ms": null, "create_response": true, "interrupt_response": true } """, ""),
        (true, """ "turnDetection": { "type": "server_vad", "threshold": 0.9, "prefixPaddingMs": 0, "silenceDurationMs": 50, "idleTimeoutMs": 5000, "createResponse": false, "interruptResponse": false } """,
            """ "turn_detection": { "type": "server_vad", "threshold": 0.9, "prefix_padding_ms": 0, "silence_duration_ms": 50, "idle_timeout_ms": 5000, "create_response": false, "interrupt_response": false } """, ""),
    ];

    /// <summary>Every update that these configurations lead to, as sent, and as it should be.</summary>
    public static IEnumerable<(SessionUpdate Update, string Expected)> All()
    {
        foreach (var (realtime, session) in Fields)
        {
            var modality = session.Contains("output_modalities", StringComparison.Ordinal) ? "" : """ "output_modalities": ["audio"] """;
            yield return (Update(false, realtime), Whole(Join(modality, session), $$"""{ "format": {{Pcm}}, "turn_detection": null }""", $$"""{ "format": {{Pcm}}, "voice": "marin" }"""));
        }

        foreach (var (handsFree, realtime, input, output) in Sound)
        {
            yield return (Update(handsFree, realtime), Whole(
                """ "output_modalities": ["audio"] """, $"{{ {Join(Default(input, "format", Pcm), input)} }}",
                $"{{ {Join(Default(output, "format", Pcm), Default(output, "voice", "\"marin\""), output)} }}"));
        }
    }

    /// <summary>The update for these keys of <c>realtime</c>, read like any configuration; a token is "token-of-" and its variable's name.</summary>
    public static SessionUpdate Update(bool handsFree, string realtime)
    {
        using var folder = new TemporaryFolder();
        var path = folder["c.json"];
        File.WriteAllText(path, $$"""
            { "version": 1, "defaults": { "conversation": { "mode": "{{(handsFree ? "hands-free" : "push-to-talk")}}", "language": "de-AT" },
              "realtime": { {{Join(""" "credential": { "environment": "KEY" } """, realtime)}} } } }
            """);
        var result = ConfigurationReader.Read(path);
        Assert.True(result.Options is not null, string.Join('\n', result.Errors));
        return new SessionUpdate(SessionSettings.From(
            result.Options, c => c.Environment == "MISSING" ? null : new Secret($"token-of-{c.Environment}")));
    }

    private static string Whole(string fields, string input, string output) => $$"""
        { "type": "session.update", "session": { {{Join(""" "type": "realtime" """, fields)}}, "audio": { "input": {{input}}, "output": {{output}} } } }
        """;

    private static string Default(string fields, string name, string value) =>
        fields.Contains($"\"{name}\"", StringComparison.Ordinal) ? "" : $"\"{name}\": {value}";

    private static string Join(params string[] parts) => string.Join(", ", parts.Where(p => p.Trim().Length > 0));
}

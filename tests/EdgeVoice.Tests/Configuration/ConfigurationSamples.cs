using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

/// <summary>Whole configurations, and a comparison that misses no option.</summary>
internal static class ConfigurationSamples
{
    /// <summary>The example that people copy.</summary>
    public const string Documented = """
        {
          "$schema": "./edgevoice.schema.json",
          "version": 1,
          "defaults": {
            "conversation": { "mode": "push-to-talk", "idleTimeoutMs": 20000, "tapEndSilenceMs": 1200, "language": "en" },
            "realtime": {
              "url": "wss://api.openai.com/v1/realtime", "model": "gpt-realtime", "voice": "marin",
              "instructions": "You are a kitchen helper.",
              "input": { "format": "pcm16", "chunkMs": 40 }, "output": { "format": "pcm16" },
              "turnDetection": { "type": "semantic_vad", "eagerness": "auto" },
              "credential": { "systemd": "openai-api-key" }
            },
            "audio": {
              "capture": { "device": "plughw:CARD=seeed2micvoicec", "channel": 0 }, "playback": { "device": "default", "volume": 70 },
              "echo": { "canceller": "auto" }
            },
            "button": { "chip": "gpiochip0", "line": 17, "pull": "up" },
            "led": { "type": "ws2812", "device": "/dev/spidev0.0", "pixels": 12, "brightness": 0.4 }
          },
          "groups": { "shop-floor": { "conversation": { "mode": "hands-free" } } },
          "devices": { "pi-kitchen-01": { "group": "shop-floor", "audio": { "playback": { "volume": 40 } } }, "pi-lab-*": {} }
        }
        """;

    /// <summary>Every key with a value that is not its default.</summary>
    public const string EveryKey = """
        {
          "version": 1,
          /* everything */
          "defaults": {
            "conversation": { "mode": "hands-free", "open": "always", "idleTimeoutMs": 1000, "tapEndSilenceMs": 10000,
              "language": "de-AT", "answerEveryKeptTurn": true, "memory": { "tokens": 0, "acrossRestarts": true } },
            "realtime": {
              "url": "wss://host:8443/x?y=z", "model": "m", "voice": { "id": "voice_1" }, "instructions": "Be\nkind.",
              "input": { "format": "pcmu", "chunkMs": 100 }, "output": { "format": "pcma", "modality": "text" },
              "turnDetection": { "type": "server_vad", "eagerness": "high", "threshold": 1, "prefixPaddingMs": 0, "silenceDurationMs": 50,
                "createResponse": false, "interruptResponse": false, "idleTimeoutMs": 30000 },
              "transcription": { "model": "gpt-transcribe", "languages": ["de", "en"], "keywords": ["timer"], "prompt": "kitchen" },
              "credential": { "file": "/etc/edgevoice/key" },
              "caFile": "/etc/ca.pem", "speed": 0.25, "maxOutputTokens": "inf", "noiseReduction": "far_field",
              "tools": [
                { "name": "set_timer", "description": "d", "parameters": { "type": "object" } },
                { "type": "mcp", "serverLabel": "home", "serverUrl": "https://host/mcp", "serverDescription": "lights",
                  "authorization": { "environment": "MCP_TOKEN" }, "headers": { "x-room": "kitchen" }, "allowedTools": ["on", "off"],
                  "allowedCallers": ["direct"], "requireApproval": { "never": { "readOnly": true } }, "deferLoading": true },
              ],
              "deviceTools": ["time", "volume"],
              "toolChoice": { "type": "mcp", "serverLabel": "home", "name": "on" }, "parallelToolCalls": true, "reasoningEffort": "xhigh",
              "truncation": { "retentionRatio": 0.5, "postInstructionsTokens": 8000 },
              "prompt": { "id": "p", "version": "2", "variables": { "who": "Ann", "what": { "type": "input_text", "text": "tea" } } },
              "tracing": { "workflowName": "w", "groupId": "g", "metadata": { "a": 1 } },
              "include": ["item.input_audio_transcription.logprobs"]
            },
            "audio": {
              "backend": "alsa-net",
              "capture": { "device": "tone:440", "channel": 7, "rate": 48000, "periodMs": 5, "gainDb": "auto", "dcFilter": false, "hardwareGain": 80 },
              "playback": { "device": "wav:/tmp/out.wav", "volume": 0, "hardwareVolume": 60, "periodMs": 100 },
              "echo": { "canceller": "half-duplex" }
            },
            "button": { "backend": "iot", "device": "input:Foot Switch", "key": "KEY_ENTER", "chip": "pinctrl-rp1", "line": "GPIO23", "pull": "none",
              "actions": { "tap": "none", "doubleTap": "talk", "tripleTap": "end", "hold": "mute" },
              "muteSwitch": { "chip": "gpiochip4", "line": 22, "pull": "down" } },
            "led": { "backend": "iot", "type": "sk6812w", "device": "terminal", "pixels": 1, "order": "WBGR", "color": "#00ff7f", "brightness": 0,
              "currentLimitMa": 0, "night": { "from": "23:59", "to": "00:00", "brightness": 1 }, "idleGlow": true,
              "lines": { "chip": "pinctrl-rp1", "red": 0, "green": 1023, "blue": 1, "commonAnode": true } },
            "sounds": { "enabled": false, "language": "es", "volumeDb": -12.5, "folder": "/etc/edgevoice/sounds", "woken": false,
              "doneListening": false, "nothingHeard": false, "muteOn": false, "muteOff": false, "error": false, "timer": false,
              "startUp": false, "spokenHelp": false },
            "control": { "socket": "/tmp/x.sock" },
            "service": { "backend": "hosting", "stateDirectory": "/var/lib/edgevoice" }, // the last
          },
        }
        """;

    /// <summary>Keys beside which others are set: of each group of alternatives only one can be.</summary>
    public static readonly string[] Alternatives =
    [
        "$.Realtime.Transcription.Language", "$.Realtime.Transcription.Delay", "$.Realtime.Credential.Systemd", "$.Realtime.Credential.Environment",
        "$.Realtime.ToolChoice.Mode", "$.Realtime.Truncation.Mode", "$.Realtime.Tracing.Mode",
    ];

    /// <summary>The options that have the same value in both.</summary>
    public static IEnumerable<string> Unchanged(object one, object? other, string path)
    {
        foreach (var property in one.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var value = property.GetValue(one);
            var before = other is null ? null : property.GetValue(other);
            var name = $"{path}.{property.Name}";
            if (value is not null && value.GetType().Namespace == typeof(EdgeVoiceOptions).Namespace && value.GetType().IsClass)
            {
                foreach (var inner in Unchanged(value, before, name))
                    yield return inner;
            }
            else if (Equals(value, before))
            {
                yield return name;
            }
        }
    }
}

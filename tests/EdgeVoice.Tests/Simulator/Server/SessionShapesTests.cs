using System.Text.Json.Nodes;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Tests.Simulator.Server;

/// <summary>What the real server would refuse, the stand-in refuses at the same place.</summary>
public sealed class SessionShapesTests
{
    [Theory]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"f"}}]}""", "session.tools[0].name")]
    [InlineData("""{"tools":[{"type":"function","name":"f","strict":true}]}""", "session.tools[0].strict")]
    [InlineData("""{"tools":[{"type":"function","name":"f","parameters":"{}"}]}""", "session.tools[0].parameters")]
    [InlineData("""{"tools":[{"type":"mcp","server_url":"https://h"}]}""", "session.tools[0].server_label")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s"}]}""", "session.tools[0]")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s","server_url":"https://h","connector_id":"c"}]}""", "session.tools[0]")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s","server_url":"https://h","require_approval":"sometimes"}]}""", "session.tools[0].require_approval")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s","server_url":"https://h","require_approval":{"ask":[]}}]}""", "session.tools[0].require_approval.ask")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s","server_url":"https://h","allowed_tools":{"names":["a"]}}]}""", "session.tools[0].allowed_tools.names")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s","server_url":"https://h","headers":{"a":1}}]}""", "session.tools[0].headers.a")]
    [InlineData("""{"tools":[{"type":"mcp","server_label":"s","server_url":"https://h","serverUrl":"x"}]}""", "session.tools[0].serverUrl")]
    [InlineData("""{"tool_choice":"always"}""", "session.tool_choice")]
    [InlineData("""{"tool_choice":{"type":"mcp","name":"a"}}""", "session.tool_choice.server_label")]
    [InlineData("""{"truncation":{"type":"retention_ratio"}}""", "session.truncation.retention_ratio")]
    [InlineData("""{"truncation":{"type":"retention_ratio","retention_ratio":1,"token_limits":{"post":1}}}""", "session.truncation.token_limits.post")]
    [InlineData("""{"tracing":"on"}""", "session.tracing")]
    [InlineData("""{"tracing":{"workflow":"w"}}""", "session.tracing.workflow")]
    [InlineData("""{"prompt":{"version":"1"}}""", "session.prompt.id")]
    [InlineData("""{"prompt":{"id":"p","variables":{"a":1}}}""", "session.prompt.variables.a")]
    [InlineData("""{"include":["everything"]}""", "session.include[0]")]
    [InlineData("""{"output_modalities":["audio","text"]}""", "session.output_modalities")]
    [InlineData("""{"max_output_tokens":4097}""", "session.max_output_tokens")]
    [InlineData("""{"reasoning":{"effort":"maximal"}}""", "session.reasoning.effort")]
    [InlineData("""{"audio":{"input":{"transcription":{"delay":"soon"}}}}""", "session.audio.input.transcription.delay")]
    [InlineData("""{"audio":{"input":{"transcription":{"language":"en-US"}}}}""", "session.audio.input.transcription.language")]
    [InlineData("""{"audio":{"input":{"turn_detection":{"type":"semantic_vad","threshold":0.5}}}}""", "session.audio.input.turn_detection.threshold")]
    [InlineData("""{"audio":{"output":{"speed":1.6}}}""", "session.audio.output.speed")]
    public void Check_WrongShape_IsRefusedAtItsPlace(string fields, string place)
    {
        var session = JsonNode.Parse(fields)!.AsObject();
        session["type"] = "realtime";
        var error = ClientShapes.Check(new JsonObject { ["type"] = "session.update", ["session"] = session });
        Assert.Equal(place, error?.Param);
    }

    [Theory]
    [InlineData("""{"reasoning":{"effort":"low"}}""", "gpt-realtime", "session.reasoning")]
    [InlineData("""{"reasoning":{"effort":"low"}}""", "gpt-realtime-2025-08-28", "session.reasoning")]
    [InlineData("""{"reasoning":{"effort":"low"}}""", "gpt-realtime-2.1-mini", null)]
    [InlineData("""{"audio":{"input":{"transcription":{"model":"whisper-1","keywords":["a"]}}}}""", "m", "session.audio.input.transcription.keywords")]
    [InlineData("""{"audio":{"input":{"transcription":{"model":"whisper-1","delay":"low"}}}}""", "m", "session.audio.input.transcription.delay")]
    [InlineData("""{"audio":{"input":{"transcription":{"model":"gpt-realtime-whisper","prompt":"a"}}}}""", "m", "session.audio.input.transcription.prompt")]
    [InlineData("""{"audio":{"input":{"transcription":{"model":"gpt-transcribe","languages":["en"]}}}}""", "m", null)]
    public void Update_WhatTheModelDoesNotTake_IsRefusedWhole(string fields, string model, string? place)
    {
        var config = new SessionConfig("s", model, 0);
        var before = config.Snapshot().ToJsonString();
        var update = JsonNode.Parse(fields)!.AsObject();
        update["type"] = "realtime";
        Assert.Equal(place, config.Update(update, hasAssistantAudio: false)?.Param);
        Assert.Equal(place is null, before != config.Snapshot().ToJsonString());
    }

    [Fact]
    public void Update_TracingOnceOn_CannotBeChanged()
    {
        var config = new SessionConfig("s", "m", 0);
        Assert.Null(config.Update(Tracing("auto"), false));
        Assert.Null(config.Update(Tracing("auto"), false));
        Assert.Equal("session.tracing", config.Update(Tracing(null), false)?.Param);
    }

    private static JsonObject Tracing(string? mode) => new() { ["type"] = "realtime", ["tracing"] = mode };
}

using System.Text.Json;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>Client events with every field this program can write.</summary>
internal static class ClientEventSamples
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ClientEvent> All =>
    [
        .. Sessions().Select(s => new SessionUpdate(s) { EventId = "s" }),
        new InputAudioBufferAppend(new byte[] { 1, 2, 3, 250 }),
        new InputAudioBufferCommit { EventId = "e1" },
        new InputAudioBufferClear(),
        new OutputAudioBufferClear(),
        .. Items().Select(i => new ConversationItemCreate(i, "root")),
        new ConversationItemCreate(new FunctionCallOutputItem("call_1", "{}")),
        new ConversationItemRetrieve("item_1"),
        new ConversationItemTruncate("item_1", 0, 1480),
        new ConversationItemDelete("item_1"),
        new ResponseCreate(),
        new ResponseCreate(new ResponseParameters()),
        new ResponseCreate(FullResponse()),
        new ResponseCreate(new ResponseParameters { Metadata = null, Prompt = null, Conversation = "auto" }),
        new ResponseCancel(),
        new ResponseCancel("resp_1") { EventId = "e2" },
    ];

    private static IEnumerable<Session> Sessions()
    {
        yield return FullSession();
        yield return new Session
        {
            Instructions = "",
            Tools = [],
            Tracing = null,
            Prompt = null,
            Include = null,
            ToolChoice = ToolChoice.Auto,
            Audio = new SessionAudio(new AudioInput { NoiseReduction = null, Transcription = null, TurnDetection = null }),
        };
        yield return new Session
        {
            Truncation = new TruncationMode("auto"),
            Tracing = new TracingMode(),
            ToolChoice = new ToolChoiceFunction("f"),
            MaxOutputTokens = TokenLimit.Infinite,
            OutputModalities = [OutputModality.Text],
            Audio = new SessionAudio(
                new AudioInput(AudioFormat.Pcmu, TurnDetection: new SemanticVad(Eagerness.Low, true, false)),
                new AudioOutput(AudioFormat.Pcma, new CustomVoice("voice_1"))),
        };
        yield return new Session("transcription") { Audio = new SessionAudio(new AudioInput(AudioFormat.Pcm16)) };
    }

    private static Session FullSession() => new(
        Model: "gpt-realtime",
        OutputModalities: [OutputModality.Audio],
        Instructions: "You are a kitchen helper.",
        Tools: [new FunctionTool("set_timer", "Start a timer", Json("""{"type":"object"}""")), FullMcpTool()],
        ToolChoice: new ToolChoiceMcp("home", "light"),
        ParallelToolCalls: true,
        Reasoning: new Reasoning(ReasoningEffort.Low),
        MaxOutputTokens: new TokenLimit(4096),
        Tracing: new TracingSettings("w", "g", Json("""{"a":"b"}""")),
        Truncation: new RetentionRatioTruncation(0.8, new TokenLimits(8000)),
        Prompt: new Prompt("p", "1", new Dictionary<string, JsonElement> { ["a"] = Json("\"b\"") }),
        Audio: new SessionAudio(
            new AudioInput(
                AudioFormat.Pcm16,
                new NoiseReduction(NoiseReductionType.FarField),
                new InputTranscription("gpt-4o-mini-transcribe", "en", ["en", "de"], ["timer"], "kitchen", "low"),
                new ServerVad(0.5, 300, 500, 6000, true, true)),
            new AudioOutput(AudioFormat.Pcm16, new NamedVoice("marin"), 1.1)),
        Include: new(["item.input_audio_transcription.logprobs"]));

    private static McpTool FullMcpTool() => new(
        "home",
        ServerUrl: "https://example.org/mcp",
        Authorization: "secret",
        ServerDescription: "lights",
        Headers: new Dictionary<string, string> { ["x"] = "y" },
        AllowedTools: Json("""["light"]"""),
        AllowedCallers: new(["direct"]),
        RequireApproval: Json("\"never\""),
        DeferLoading: false);

    private static IEnumerable<ConversationItem> Items() =>
    [
        new MessageItem(MessageRole.System, [ContentPart.InputText("Be brief.")]) { Id = "a" },
        new MessageItem(
            MessageRole.User,
            [
                ContentPart.InputText("What is the time, “please”?"),
                new ContentPart("input_audio", Audio: "AAAA", Transcript: "hm"),
                new ContentPart("input_image", ImageUrl: "data:image/png;base64,AAAA", Detail: "low"),
            ]),
        new MessageItem(MessageRole.Assistant, [ContentPart.OutputText("Ten past four.")]) { Status = ItemStatus.Completed },
        new FunctionCallItem("call_1", "set_timer", "{}"),
        new McpApprovalResponseItem("req_1", true, "fine") { Id = "b" },
    ];

    private static ResponseParameters FullResponse() => new(
        OutputModalities: [OutputModality.Audio],
        Instructions: "One line.",
        Audio: new SessionAudio(Output: new AudioOutput(AudioFormat.Pcmu, new NamedVoice("cedar"))),
        Tools: [],
        ToolChoice: ToolChoice.Required,
        ParallelToolCalls: false,
        Reasoning: new Reasoning(ReasoningEffort.Minimal),
        MaxOutputTokens: new TokenLimit(1),
        Conversation: "none",
        Metadata: new Dictionary<string, string> { ["purpose"] = "summary" },
        Prompt: new Prompt("p"),
        Input: [new ItemReference { Id = "item_b" }, new MessageItem(MessageRole.User, [ContentPart.InputText("hi")])]);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}

using System.Text.Json;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class EdgeVoiceOptionsValidatorTests
{
    private static readonly EdgeVoiceOptions Valid = new() { Realtime = new() { Credential = new() { Systemd = "key" } } };

    public static TheoryData<string, EdgeVoiceOptions> Broken() => new()
    {
        { "conversation.idleTimeoutMs", Valid with { Conversation = new() { IdleTimeoutMs = 999 } } },
        { "conversation.tapEndSilenceMs", Valid with { Conversation = new() { TapEndSilenceMs = 10_001 } } },
        { "conversation.language", Valid with { Conversation = new() { Language = "english\n" } } },
        { "conversation.memory.tokens", Valid with { Conversation = new() { Memory = new() { Tokens = 16_001 } } } },
        { "service.stateDirectory", Valid with { Service = new() { StateDirectory = "var" } } },
        { "realtime.url", Valid with { Realtime = Valid.Realtime with { Url = "ws://host" } } },
        { "realtime.model", Valid with { Realtime = Valid.Realtime with { Model = " " } } },
        { "realtime.voice", Valid with { Realtime = Valid.Realtime with { Voice = new() { Name = "a\r\nb" } } } },
        { "realtime.instructions", Valid with { Realtime = Valid.Realtime with { Instructions = new string('x', 32_769) } } },
        { "realtime.input.chunkMs", Valid with { Realtime = Valid.Realtime with { Input = new() { ChunkMs = 101 } } } },
        { "realtime.transcription.model", Valid with { Realtime = Valid.Realtime with { Transcription = new() { Model = "" } } } },
        { "realtime.transcription.language", Valid with { Realtime = Valid.Realtime with { Transcription = new() { Language = "?" } } } },
        { "realtime.caFile", Valid with { Realtime = Valid.Realtime with { CaFile = "ca.pem" } } },
        { "realtime.speed", Valid with { Realtime = Valid.Realtime with { Speed = double.NaN } } },
        { "realtime.maxOutputTokens", Valid with { Realtime = Valid.Realtime with { MaxOutputTokens = new(0) } } },
        { "realtime.credential", Valid with { Realtime = new() } },
        { "realtime.credential.environment", Valid with { Realtime = new() { Credential = new() { Environment = "1=2" } } } },
        { "realtime.credential.file", Valid with { Realtime = new() { Credential = new() { File = "key" } } } },
        { "realtime.turnDetection.threshold", Valid with { Realtime = Valid.Realtime with { TurnDetection = new() { Threshold = 1.1 } } } },
        { "realtime.turnDetection.prefixPaddingMs", Valid with { Realtime = Valid.Realtime with { TurnDetection = new() { PrefixPaddingMs = -1 } } } },
        { "realtime.turnDetection.silenceDurationMs", Valid with { Realtime = Valid.Realtime with { TurnDetection = new() { SilenceDurationMs = 1 } } } },
        { "realtime.turnDetection.idleTimeoutMs", Valid with { Realtime = Valid.Realtime with { TurnDetection = new() { IdleTimeoutMs = 4_999 } } } },
        { "realtime.voice", With(r => r with { Voice = new() }) },
        { "realtime.voice", With(r => r with { Voice = new() { Name = "a", Id = "b" } }) },
        { "realtime.voice.id", With(r => r with { Voice = new() { Id = "" } }) },
        { "realtime.transcription.languages", Heard(t => t with { Languages = ["en"] }) },
        { "realtime.transcription.languages", Heard(t => t with { Model = "gpt-transcribe", Languages = [] }) },
        { "realtime.transcription.languages", Heard(t => t with { Model = "gpt-transcribe", Languages = ["en"], Language = "de" }) },
        { "realtime.transcription.languages[1]", Heard(t => t with { Model = "gpt-transcribe", Languages = ["en", "English"] }) },
        { "realtime.transcription.keywords", Heard(t => t with { Model = "whisper-1", Keywords = ["tea"] }) },
        { "realtime.transcription.keywords[0]", Heard(t => t with { Model = "gpt-live-transcribe", Keywords = [" "] }) },
        { "realtime.transcription.prompt", Heard(t => t with { Prompt = new string('x', 4_097) }) },
        { "realtime.transcription.prompt", Heard(t => t with { Model = "gpt-realtime-whisper", Prompt = "tea" }) },
        { "realtime.transcription.delay", Heard(t => t with { Delay = TranscriptionDelay.Low }) },
        { "realtime.include", With(r => r with { Include = [SessionExtra.TranscriptionLogprobs] }) },
        { "realtime.truncation", With(r => r with { Truncation = new() }) },
        { "realtime.truncation", With(r => r with { Truncation = new() { Mode = TruncationMode.Auto, RetentionRatio = 0.5 } }) },
        { "realtime.truncation.retentionRatio", With(r => r with { Truncation = new() { RetentionRatio = 1.1 } }) },
        { "realtime.truncation.postInstructionsTokens", With(r => r with { Truncation = new() { Mode = TruncationMode.Auto, PostInstructionsTokens = 1 } }) },
        { "realtime.truncation.postInstructionsTokens", With(r => r with { Truncation = new() { RetentionRatio = 0, PostInstructionsTokens = -1 } }) },
        { "realtime.prompt.id", With(r => r with { Prompt = new() }) },
        { "realtime.prompt.version", With(r => r with { Prompt = new() { Id = "p", Version = "" } }) },
        { "realtime.prompt.variables", With(r => r with { Prompt = new() { Id = "p", Variables = Map("a", "7") } }) },
        { "realtime.prompt.variables", With(r => r with { Prompt = new() { Id = "p", Variables = Map("a", """{"type":"oracle"}""") } }) },
        { "realtime.tracing", With(r => r with { Tracing = new() { Mode = TracingMode.Auto, GroupId = "g" } }) },
        { "realtime.tracing.workflowName", With(r => r with { Tracing = new() { WorkflowName = "" } }) },
        { "realtime.tracing.metadata", With(r => r with { Tracing = new() { Metadata = Json("[]") } }) },
        { "realtime.reasoningEffort", With(r => r with { ReasoningEffort = ReasoningLevel.Low }) },
        { "realtime.reasoningEffort", With(r => r with { Model = "gpt-realtime-2025-08-28", ReasoningEffort = ReasoningLevel.Low }) },
        { "realtime.parallelToolCalls", With(r => r with { Model = "gpt-realtime-mini", ParallelToolCalls = false }) },
        { "realtime.tools[0].name", Tool(t => t with { Name = null }) },
        { "realtime.tools[0].name", Tool(t => t with { Name = "set timer" }) },
        { "realtime.tools[0].description", Tool(t => t with { Description = new string('x', 1_025) }) },
        { "realtime.tools[0].parameters", Tool(t => t with { Parameters = Json("[]") }) },
        { "realtime.tools[0]", Tool(t => t with { ServerLabel = "s" }) },
        { "realtime.tools[1]", With(r => r with { Tools = [new() { Name = "a" }, new() { Name = "a" }] }) },
        { "realtime.tools[0].serverLabel", Server(t => t with { ServerLabel = null }) },
        { "realtime.tools[0]", Server(t => t with { ServerUrl = null }) },
        { "realtime.tools[0]", Server(t => t with { ConnectorId = "connector_x" }) },
        { "realtime.tools[0]", Server(t => t with { Name = "n" }) },
        { "realtime.tools[0].serverUrl", Server(t => t with { ServerUrl = "ftp://host/" }) },
        { "realtime.tools[0].serverUrl", Server(t => t with { ServerUrl = "https://u:p@host/" }) },
        { "realtime.tools[0].serverUrl", Server(t => t with { ServerUrl = "http://host/", Authorization = new() { Environment = "T" } }) },
        { "realtime.tools[0].connectorId", Server(t => t with { ServerUrl = null, ConnectorId = "gmail" }) },
        { "realtime.tools[0].tunnelId", Server(t => t with { ServerUrl = null, TunnelId = "tunnel_1" }) },
        { "realtime.tools[0].authorization", Server(t => t with { Authorization = new() }) },
        { "realtime.tools[0].authorization.file", Server(t => t with { Authorization = new() { File = "token" } }) },
        { "realtime.tools[0].headers", Server(t => t with { Headers = new Dictionary<string, string> { ["Authorization"] = "x" } }) },
        { "realtime.tools[0].headers", Server(t => t with { Headers = new Dictionary<string, string> { ["a b"] = "x" } }) },
        { "realtime.tools[0].headers", Server(t => t with { Headers = new Dictionary<string, string> { ["a"] = "x\r\ny: z" } }) },
        { "realtime.tools[0].allowedTools.toolNames", Server(t => t with { AllowedTools = new() { ToolNames = [""] } }) },
        { "realtime.tools[0].allowedCallers", Server(t => t with { AllowedCallers = [] }) },
        { "realtime.tools[0].requireApproval", Server(t => t with { RequireApproval = new() }) },
        { "realtime.tools[0].requireApproval", Server(t => t with { RequireApproval = new() { Mode = ToolApproval.Never, Always = new() } }) },
        { "realtime.toolChoice", With(r => r with { ToolChoice = new() }) },
        { "realtime.toolChoice", With(r => r with { ToolChoice = new() { Mode = ToolChoiceMode.Required }, DeviceTools = [] }) },
        { "realtime.deviceTools[0]", With(r => r with { DeviceTools = ["loudness"] }) },
        { "realtime.deviceTools[0]", With(r => r with { DeviceTools = ["Volume"] }) },
        { "realtime.deviceTools[2]", With(r => r with { DeviceTools = ["time", "mute", "time"] }) },
        { "realtime.toolChoice.name", With(r => r with { ToolChoice = new() { Type = ToolType.Function, Name = "time" }, DeviceTools = ["mute"] }) },
        { "realtime.toolChoice.name", With(r => r with { ToolChoice = new() { Type = ToolType.Function, Name = "nobody" } }) },
        { "realtime.toolChoice.serverLabel", With(r => r with { ToolChoice = new() { Type = ToolType.Mcp } }) },
        { "audio.backend", Valid with { Audio = new() { Backend = AudioBackend.AlsaNet } } },
        { "audio.capture.device", Valid with { Audio = new() { Capture = new() { Device = "tone:" } } } },
        { "audio.capture.device", Valid with { Audio = new() { Capture = new() { Device = "tone:1e3" } } } },
        { "audio.capture.device", Valid with { Audio = new() { Capture = new() { Device = "wav:" } } } },
        { "audio.capture.device", Valid with { Audio = new() { Capture = new() { Device = "" } } } },
        { "audio.capture.channel", Valid with { Audio = new() { Capture = new() { Channel = 8 } } } },
        { "audio.capture.rate", Valid with { Audio = new() { Capture = new() { Rate = 7_999 } } } },
        { "audio.capture.rate", Valid with { Audio = new() { Capture = new() { Rate = 96_001 } } } },
        { "audio.capture.hardwareGain", Valid with { Audio = new() { Capture = new() { HardwareGain = 101 } } } },
        { "audio.playback.hardwareVolume", Valid with { Audio = new() { Playback = new() { HardwareVolume = -1 } } } },
        { "audio.capture.gainDb", Valid with { Audio = new() { Capture = new() { GainDb = new(40.1) } } } },
        { "audio.capture.periodMs", Valid with { Audio = new() { Capture = new() { PeriodMs = 4 } } } },
        { "audio.playback.device", Valid with { Audio = new() { Playback = new() { Device = "tone:440" } } } },
        { "audio.playback.device", Valid with { Audio = new() { Capture = new() { Device = "wav:/a.wav" }, Playback = new() { Device = "wav:/a.wav" } } } },
        { "audio.playback.volume", Valid with { Audio = new() { Playback = new() { Volume = 101 } } } },
        { "audio.playback.periodMs", Valid with { Audio = new() { Playback = new() { PeriodMs = 101 } } } },
        { "button.backend", Valid with { Button = new() { Backend = PinBackend.Iot } } },
        { "button.device", Valid with { Button = new() { Device = "script:" } } },
        { "button.chip", Valid with { Button = new() { Chip = "/dev/gpiochip0" } } },
        { "button.device", Valid with { Button = new() { Device = "input: " } } },
        { "button.device", Valid with { Button = new() { Device = "input:a\nb" } } },
        { "button.line", Valid with { Button = new() { Line = new(-1) } } },
        { "button.line", Valid with { Button = new() { Line = new(1_024) } } },
        { "button.line", Valid with { Button = new() { Line = new(0, " ") } } },
        { "button.key", Valid with { Button = new() { Key = new(28) } } },
        { "button.key", Valid with { Button = new() { Device = "input:x", Key = new(0, "ENTER") } } },
        { "button.key", Valid with { Button = new() { Device = "input:x", Key = new(768) } } },
        { "button.muteSwitch.chip", Valid with { Button = new() { MuteSwitch = new() { Chip = "", Line = new(22) } } } },
        { "button.muteSwitch.line", Valid with { Button = new() { MuteSwitch = new() } } },
        { "button.muteSwitch.line", Valid with { Button = new() { MuteSwitch = new() { Line = new(17) } } } },
        { "button.muteSwitch.line", Valid with { Button = new() { MuteSwitch = new() { Line = new(1_024) } } } },
        { "led.backend", Valid with { Led = new() { Backend = PinBackend.Iot } } },
        { "led.device", Valid with { Led = new() { Device = "spidev0.0" } } },
        { "led.pixels", Valid with { Led = new() { Pixels = 65 } } },
        { "led.brightness", Valid with { Led = new() { Brightness = -0.1 } } },
        { "led.order", Valid with { Led = new() { Order = "RGG" } } },
        { "led.order", Valid with { Led = new() { Order = "GRBW" } } },
        { "led.order", Valid with { Led = new() { Type = LedType.Sk6812White, Order = "GRB" } } },
        { "led.color", Valid with { Led = new() { Color = "18BBF2" } } },
        { "led.color", Valid with { Led = new() { Color = "#18BBF2\n" } } },
        { "led.color", Valid with { Led = new() { Type = LedType.ThreeLines, Color = "#FF2020" } } },
        { "led.color", Valid with { Led = new() { Type = LedType.ThreeLines, Color = "#000000" } } },
        { "led.currentLimitMa", Valid with { Led = new() { CurrentLimitMa = 4 } } },
        { "led.currentLimitMa", Valid with { Led = new() { CurrentLimitMa = -1 } } },
        { "led.night.from", Valid with { Led = new() { Night = new() { From = "24:00" } } } },
        { "led.night.to", Valid with { Led = new() { Night = new() { To = "7:00" } } } },
        { "led.night.to", Valid with { Led = new() { Night = new() { From = "07:00" } } } },
        { "led.night.brightness", Valid with { Led = new() { Night = new() { Brightness = 1.1 } } } },
        { "led.lines.chip", Valid with { Led = new() { Lines = new() { Chip = "/dev/gpiochip0" } } } },
        { "led.lines.red", Valid with { Led = new() { Lines = new() { Red = 1_024 } } } },
        { "led.lines.green", Valid with { Led = new() { Lines = new() { Green = 5 } } } },
        { "led.lines.blue", Valid with { Led = new() { Lines = new() { Blue = 6 } } } },
        { "sounds.volumeDb", Valid with { Sounds = new() { VolumeDb = 12.5 } } },
        { "sounds.folder", Valid with { Sounds = new() { Folder = "sounds" } } },
        { "control.socket", Valid with { Control = new() { Socket = "control.sock" } } },
        { "control.socket", Valid with { Control = new() { Socket = "/" + new string('x', 107) } } },
        { "service.backend", Valid with { Service = new() { Backend = ServiceBackend.Hosting } } },
    };

    [Fact]
    public void Validate_DefaultsWithACredential_HasNoProblem() => Assert.Empty(EdgeVoiceOptionsValidator.Validate(Valid));

    [Fact]
    public void Validate_LoopbackWithoutACredential_HasNoProblem() =>
        Assert.Empty(EdgeVoiceOptionsValidator.Validate(new() { Realtime = new() { Url = "ws://127.0.0.1:9/" } }));

    [Theory]
    [MemberData(nameof(Broken))]
    public void Validate_OneBrokenRule_IsOneProblemAtItsPath(string path, EdgeVoiceOptions options)
    {
        var problem = Assert.Single(EdgeVoiceOptionsValidator.Validate(options));

        Assert.Equal(path, problem.Path);
        Assert.True(IsOption(path), $"{path} is no option");
    }

    public static TheoryData<string, EdgeVoiceOptions> BrokenWithPackages() => new()
    {
        { "button.line", Valid with { Button = new() { Backend = PinBackend.Iot, Line = new(0, "GPIO17") } } },
        { "button.muteSwitch.line", Valid with { Button = new() { Backend = PinBackend.Iot, MuteSwitch = new() { Line = new(0, "GPIO22") } } } },
        { "led.type", Valid with { Led = new() { Backend = PinBackend.Iot, Type = LedType.Sk6812 } } },
        { "led.type", Valid with { Led = new() { Backend = PinBackend.Iot, Type = LedType.ThreeLines } } },
        { "led.device", Valid with { Led = new() { Backend = PinBackend.Iot, Device = "/dev/spi-ring" } } },
    };

    [Theory]
    [MemberData(nameof(BrokenWithPackages))]
    public void Validate_WhatThePackagesHaveNot_IsOneProblemThereAndNoneWithTheKernel(string path, EdgeVoiceOptions options)
    {
        Assert.Equal(path, Assert.Single(EdgeVoiceOptionsValidator.Validate(options, hasIotPackages: true)).Path);
        var kernel = options with { Button = options.Button with { Backend = PinBackend.Kernel }, Led = options.Led with { Backend = PinBackend.Kernel } };
        Assert.Empty(EdgeVoiceOptionsValidator.Validate(kernel));
    }

    [Fact]
    public void Validate_BackendsThatAreBuiltIn_AreAccepted() => Assert.Empty(EdgeVoiceOptionsValidator.Validate(
        Valid with
        {
            Audio = new() { Backend = AudioBackend.AlsaNet },
            Button = new() { Backend = PinBackend.Iot },
            Led = new() { Backend = PinBackend.Iot, Type = LedType.Apa102 },
            Service = new() { Backend = ServiceBackend.Hosting },
        },
        hasIotPackages: true));

    [Fact]
    public void Validate_ManyBrokenRules_ReportsAll() => Assert.Equal(
        ["realtime.credential", "audio.playback.volume", "led.pixels"],
        EdgeVoiceOptionsValidator.Validate(new() { Audio = new() { Playback = new() { Volume = -1 } }, Led = new() { Pixels = 0 } })
            .Select(problem => problem.Path));

    [Theory]
    [InlineData("default")]
    [InlineData("plughw:CARD=seeed2micvoicec,DEV=0")]
    [InlineData("wav:/tmp/in.wav")]
    [InlineData("tone:440.5")]
    [InlineData("null")]
    public void Validate_DeviceString_IsAccepted(string device) =>
        Assert.Empty(EdgeVoiceOptionsValidator.Validate(Valid with { Audio = new() { Capture = new() { Device = device } } }));

    [Theory]
    [InlineData(null, "gpiochip0", "GPIO17", null)]
    [InlineData(null, "pinctrl-rp1", "17", null)]
    [InlineData("none", "gpiochip0", "17", null)]
    [InlineData("script:/x.json", "gpiochip0", "17", null)]
    [InlineData("input:PCsensor FootSwitch Keyboard", "gpiochip0", "17", "KEY_ENTER")]
    [InlineData("input:/dev/input/by-id/usb-x-event-kbd", "gpiochip0", "17", null)]
    public void Validate_Button_IsAccepted(string? device, string chip, string line, string? key) => Assert.Empty(EdgeVoiceOptionsValidator.Validate(
        Valid with { Button = new() { Device = device, Chip = chip, Line = new(0, line), Key = key is null ? null : new(0, key) } }));

    [Theory]
    [InlineData("wss://api.openai.com/v1/realtime", "gpt-realtime-2")]
    [InlineData("wss://api.openai.com/v1/realtime", "gpt-realtime-2.1-mini")]
    [InlineData("wss://my.openai.azure.com/openai/v1/realtime", "gpt-realtime")]
    public void Validate_ReasoningWhereItMayBe_IsAccepted(string url, string model) => Assert.Empty(EdgeVoiceOptionsValidator.Validate(
        With(r => r with { Url = url, Model = model, ReasoningEffort = ReasoningLevel.VeryHigh, ParallelToolCalls = true })));

    private static EdgeVoiceOptions With(Func<RealtimeOptions, RealtimeOptions> change) => Valid with { Realtime = change(Valid.Realtime) };

    private static EdgeVoiceOptions Heard(Func<TranscriptionOptions, TranscriptionOptions> change) =>
        With(r => r with { Transcription = change(new TranscriptionOptions()) });

    private static EdgeVoiceOptions Tool(Func<ToolOptions, ToolOptions> change) => With(r => r with { Tools = [change(new ToolOptions { Name = "n" })] });

    private static EdgeVoiceOptions Server(Func<ToolOptions, ToolOptions> change) =>
        With(r => r with { Tools = [change(new ToolOptions { Type = ToolType.Mcp, ServerLabel = "s", ServerUrl = "https://host/" })] });

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();

    private static Dictionary<string, JsonElement> Map(string name, string json) => new() { [name] = Json(json) };

    private static bool IsOption(string path)
    {
        var type = typeof(EdgeVoiceOptions);
        foreach (var name in path.Split('.'))
        {
            if (!OptionShape.Keys(type).TryGetValue(name.Split('[')[0], out var key))
                return false;
            type = name.EndsWith(']') ? OptionShape.ElementOf(key.Type)! : key.Type;
        }

        return true;
    }
}

using System.Text.Json;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class ConfigurationDiffTests
{
    private static readonly EdgeVoiceOptions Old = new();

    public static TheoryData<EdgeVoiceOptions, string, OptionEffect> Changes() => new()
    {
        { Old with { Audio = new() { Playback = new() { Volume = 40 } } }, "audio.playback.volume", OptionEffect.Live },
        { Old with { Audio = new() { Playback = new() { Device = "null" } } }, "audio.playback.device", OptionEffect.Playback },
        { Old with { Audio = new() { Capture = new() { Channel = 1 } } }, "audio.capture.channel", OptionEffect.Capture },
        { Old with { Audio = new() { Capture = new() { GainDb = GainSetting.Automatic } } }, "audio.capture.gainDb", OptionEffect.Device },
        { Old with { Audio = new() { Echo = new() { Canceller = EchoCancellerChoice.None } } }, "audio.echo.canceller", OptionEffect.Device },
        { Old with { Button = new() { Line = new(4) } }, "button.line", OptionEffect.Button },
        { Old with { Button = new() { MuteSwitch = new() { Line = new(4) } } }, "button.muteSwitch", OptionEffect.Button },
        { Old with { Button = new() { Actions = new() { Hold = ButtonAction.None } } }, "button.actions.hold", OptionEffect.Live },
        { Old with { Led = new() { Pixels = 1 } }, "led.pixels", OptionEffect.Lights },
        { Old with { Led = new() { Night = new() } }, "led.night", OptionEffect.Live },
        { Old with { Led = new() { Lines = new() { Red = 1 } } }, "led.lines.red", OptionEffect.Lights },
        { Old with { Realtime = new() { Instructions = "x" } }, "realtime.instructions", OptionEffect.NextTurn },
        { Old with { Realtime = new() { TurnDetection = new() { Threshold = 1 } } }, "realtime.turnDetection.threshold", OptionEffect.NextTurn },
        { Old with { Realtime = new() { Voice = new() { Name = "cedar" } } }, "realtime.voice", OptionEffect.Session },
        { Old with { Realtime = new() { Credential = new() { File = "/k" } } }, "realtime.credential", OptionEffect.Session },
        { Old with { Realtime = new() { Tools = [] } }, "realtime.tools", OptionEffect.NextTurn },
        { Old with { Realtime = new() { DeviceTools = [] } }, "realtime.deviceTools", OptionEffect.Device },
        { Old with { Realtime = new() { Input = new() { ChunkMs = 20 } } }, "realtime.input.chunkMs", OptionEffect.Device },
        { Old with { Conversation = new() { Memory = new() { Tokens = 0 } } }, "conversation.memory.tokens", OptionEffect.Device },
        { Old with { Sounds = new() { Error = false } }, "sounds.error", OptionEffect.Device },
        { Old with { Control = new() { Socket = "/s" } }, "control.socket", OptionEffect.Service },
        { Old with { Service = new() { StateDirectory = "/s" } }, "service.stateDirectory", OptionEffect.Service },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Between_OneOtherValue_IsItsPathAndWhatItTakes(EdgeVoiceOptions next, string path, OptionEffect effect)
    {
        Assert.Equal([new ConfigurationChange(path, effect)], ConfigurationDiff.Between(Old, next));
        Assert.Equal([new ConfigurationChange(path, effect)], ConfigurationDiff.Between(next, Old));
    }

    [Fact]
    public void Between_TheSameInOtherObjects_IsNothing() => Assert.Empty(ConfigurationDiff.Between(Rich("tea"), Rich("tea")));

    [Fact]
    public void Between_AnotherValueDeepInAList_IsTheList() =>
        Assert.Equal(["realtime.tools", "realtime.prompt"], ConfigurationDiff.Between(Rich("tea"), Rich("milk")).Select(change => change.Path));

    [Fact]
    public void Between_EveryOption_HasAnEffect()
    {
        using var folder = new TemporaryFolder();
        var result = ConfigurationReader.Read(folder.Write("c.json", ConfigurationSamples.EveryKey), hasIotPackages: true);
        var changes = ConfigurationDiff.Between(Old, result.Options!);

        Assert.True(changes.Count > 70, $"{changes.Count} changes");
        Assert.DoesNotContain(changes, change => change.Effect == OptionEffect.Inherited);
    }

    // Nothing of it is shared by two calls.
    private static EdgeVoiceOptions Rich(string word) => Old with
    {
        Realtime = new()
        {
            Tools = [new() { Name = "f", Parameters = Json($$"""{"a":[1,"{{word}}"]}"""), Headers = new Dictionary<string, string> { ["a"] = "b" } }],
            DeviceTools = ["time", "mute"],
            Prompt = new() { Id = "p", Variables = new Dictionary<string, JsonElement> { ["x"] = Json($"\"{word}\"") } },
            Transcription = new() { Languages = ["de"] },
        },
    };

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

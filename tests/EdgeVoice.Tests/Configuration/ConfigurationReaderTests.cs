using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class ConfigurationReaderTests : IDisposable
{
    private const string Key = "sk-proj-abcdefghijklmnopqrstuvwxyz";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Everything but the file's own path; the realtime url makes a credential unnecessary.
    public static TheoryData<string, string> BadValues() => new()
    {
        { """{"realtime":{"modle":"x"}}""", "1:42: $.defaults.realtime.modle: unknown key; the nearest known key is \"model\"" },
        { """{"audio":{"Capture":{}}}""", "1:39: $.defaults.audio.Capture: unknown key; write it \"capture\": small and capital letters count" },
        { """{"a b":1}""", "1:30: $.defaults[\"a b\"]: unknown key; the nearest known key is \"led\"" },
        { """{"x\u001b\n":1}""", "1:30: $.defaults[\"x\\u001b\\u000a\"]: unknown key; the nearest known key is \"led\"" },
        { """{"realtime":{"input":{"chunkMs":"40"}}}""", "1:61: $.defaults.realtime.input.chunkMs: found the text \"40\"; allowed: a whole number, without quotes; take the quotes off: 40" },
        { """{"realtime":{"input":{"chunkMs":40.5}}}""", "1:61: $.defaults.realtime.input.chunkMs: found the number 40.5; allowed: a whole number, without quotes" },
        { """{"realtime":{"input":{"chunkMs":99999999999}}}""", "1:61: $.defaults.realtime.input.chunkMs: found the number 99999999999; allowed: a whole number, without quotes" },
        { """{"realtime":{"input":{"chunkMs":19}}}""", "1:61: $.defaults.realtime.input.chunkMs: found 19; allowed: 20 to 100" },
        { """{"led":{"brightness":"half"}}""", "1:50: $.defaults.led.brightness: found the text \"half\"; allowed: a number, without quotes" },
        { """{"led":{"brightness":1e999}}""", "1:50: $.defaults.led.brightness: found Infinity; allowed: 0 to 1" },
        { """{"audio":{"capture":{"gainDb":"loud"}}}""", "1:59: $.defaults.audio.capture.gainDb: found the text \"loud\"; allowed: a number of decibels without quotes, or \"auto\"" },
        { """{"button":{"line":1.5}}""", "1:47: $.defaults.button.line: found the number 1.5; allowed: a whole number without quotes, or a name in quotes" },
        { """{"button":{"actions":{"tap":"sing"}}}""", "1:57: $.defaults.button.actions.tap: found the text \"sing\"; allowed: \"talk\", \"end\", \"mute\", \"none\"" },
        { """{"button":{"device":"input:x","key":"KEY_ENTRE"}}""", "1:65: $.defaults.button.key: found \"KEY_ENTRE\"; allowed: a number, or a name such as \"KEY_ENTER\"" },
        { """{"button":{"muteSwitch":{}}}""", "1:53: $.defaults.button.muteSwitch.line: found nothing; allowed: the number of a GPIO line, or its name in quotes" },
        { """{"realtime":{"voice":7}}""", "1:50: $.defaults.realtime.voice: found the number 7; allowed: text in quotes, or an object: { ... }" },
        { """{"realtime":{"maxOutputTokens":"many"}}""", "1:60: $.defaults.realtime.maxOutputTokens: found the text \"many\"; allowed: a whole number without quotes, or \"inf\"" },
        { """{"realtime":{"maxOutputTokens":5000}}""", "1:60: $.defaults.realtime.maxOutputTokens: found 5000; allowed: 1 to 4096" },
        { """{"realtime":{"truncation":"never"}}""", "1:55: $.defaults.realtime.truncation: found the text \"never\"; allowed: \"auto\", \"disabled\", or an object: { ... }" },
        { """{"realtime":{"tools":{}}}""", "1:50: $.defaults.realtime.tools: found an object; allowed: an array: [ ... ]" },
        { """{"realtime":{"tools":[7]}}""", "1:51: $.defaults.realtime.tools[0]: found the number 7; allowed: an object: { ... }" },
        { """{"realtime":{"tools":[{"name":"f"},{"name":"g","nam":1}]}}""", "1:76: $.defaults.realtime.tools[1].nam: unknown key; the nearest known key is \"name\"" },
        { """{"realtime":{"tools":[{"name":"f"},{"name":"a b"}]}}""", "1:72: $.defaults.realtime.tools[1].name: found \"a b\"; allowed: 1 to 64 letters, digits, _ and -" },
        { """{"realtime":{"tools":[{"name":"f","parameters":{"a":"\ud800"}}]}}""", "1:76: $.defaults.realtime.tools[0].parameters: found text with half a character in it (\\ud800 to \\udfff); remove it" },
        { """{"realtime":{"prompt":{"id":"p","variables":{"a":"x","a":"y"}}}}""", "1:82: $.defaults.realtime.prompt.variables.a: found a second time in the same object; keep one of the two" },
        { """{"realtime":{"include":["all"]}}""", "1:53: $.defaults.realtime.include[0]: found the text \"all\"; allowed: \"item.input_audio_transcription.logprobs\"" },
        { """{"realtime":{"deviceTools":["tme"]}}""", "1:57: $.defaults.realtime.deviceTools[0]: found \"tme\"; allowed: \"volume\", \"mute\", \"goodbye\", \"time\"; the nearest is \"time\"" },
        { """{"realtime":{"deviceTools":["mute","mute"]}}""", "1:64: $.defaults.realtime.deviceTools[1]: found a second \"mute\"; allowed: each name once" },
        { """{"led":[1,[2,{"x":3}]]}""", "1:36: $.defaults.led: found an array; allowed: an object: { ... }" },
        { """{"realtime":{"tools":[null]}}""", "1:51: $.defaults.realtime.tools[0]: found null; allowed: an object: { ... }" },
        { """{"led":{"volume":3}}""", "1:37: $.defaults.led.volume: unknown key; this one belongs at \"audio.playback.volume\"" },
        { """{"conversation":{"answerEveryKeptTurn":"True"}}""", "1:68: $.defaults.conversation.answerEveryKeptTurn: found the text \"True\"; allowed: true or false, without quotes; take the quotes off: true" },
        { """{"conversation":{"mode":"handsfree"}}""", "1:53: $.defaults.conversation.mode: found the text \"handsfree\"; allowed: \"push-to-talk\", \"hands-free\"; the nearest is \"hands-free\"" },
        { """{"conversation":{"answerEveryKeptTurn":1}}""", "1:68: $.defaults.conversation.answerEveryKeptTurn: found the number 1; allowed: true or false, without quotes" },
        { """{"conversation":{"language":"\ud800"}}""", "1:57: $.defaults.conversation.language: found text with half a character in it (\\ud800 to \\udfff); allowed: text in quotes" },
        { """{"conversation":{"\ud800":1}}""", "1:46: $.defaults.conversation[?]: found a key with half a character in it (\\ud800 to \\udfff); remove it" },
        { """{"led":{"pixels":1,"pixels":2}}""", "1:48: $.defaults.led.pixels: found a second time in the same object; keep one of the two" },
        { """{"led":{"pixels":1,"pi\u0078els":2}}""", "1:48: $.defaults.led.pixels: found a second time in the same object; keep one of the two" },
        { """{"audio":{"backend":"alsa-net"}}""", "1:49: $.defaults.audio.backend: found \"alsa-net\"; allowed: \"alsa\" (this build has no other; build with -p:IotPackages=true)" },
    };

    [Theory]
    [MemberData(nameof(BadValues))]
    public void Read_BadValue_SaysPlacePathFoundAndAllowed(string defaults, string expected)
    {
        var path = _folder.Write("c.json", $$"""{"version":1, "defaults":   {{defaults}} }""");

        var errors = ConfigurationReader.Read(path).Errors;

        Assert.Equal([$"{path}:{expected}"], errors.Where(line => !line.Contains("$.defaults.realtime.credential:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("[]", "1:1: $: found an array; allowed: an object: { \"version\": 1, \"defaults\": { ... } }")]
    [InlineData("{\"defaults\":{\"realtime\":{\"url\":\"ws://[::1]:1/\"}}}", "1:1: $.version: found nothing; allowed: 1")]
    [InlineData("{\"version\":2,\"defaults\":{\"realtime\":{\"url\":\"ws://[::1]:1/\"}}}", "1:12: $.version: found the number 2; allowed: 1")]
    [InlineData("{\"version\":\"1\",\"defaults\":{\"realtime\":{\"url\":\"ws://[::1]:1/\"}}}", "1:12: $.version: found the text \"1\"; allowed: 1")]
    [InlineData("{\"version\":1,\"defaults\":7}", "1:25: $.defaults: found the number 7; allowed: an object: { ... }")]
    [InlineData("{\"version\":1}", "1:1: $.defaults.realtime.credential: found nothing; allowed: exactly one of {\"systemd\": NAME}, {\"file\": PATH} or {\"environment\": NAME}")]
    [InlineData("{\"version\":1,\n  \"defaults\": { \"led\": } }", "2:24: is not valid JSON: '}' is an invalid start of a value.")]
    [InlineData("{\"version\":1,\n  \"ä\": }", "2:8: is not valid JSON: '}' is an invalid start of a value.")]
    [InlineData("// nothing\n", "2:1: is not valid JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true.")]
    public void Read_BadFile_IsOneLineWithPlace(string json, string expected)
    {
        var path = _folder.Write("c.json", json);

        var result = ConfigurationReader.Read(path);

        Assert.Null(result.Options);
        Assert.Contains($"{path}:{expected}", result.Errors);
        Assert.All(result.Errors, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void Read_ManyErrors_AreAllReportedInOrderOfTheFile()
    {
        var path = _folder.Write("c.json", """
            {
              "version": 1,
              "defaults": {
                "led": { "brightness": 2, "pixel": 3 },
                "realtime": { "url": "https://x", "credential": { "systemd": "a", "file": "/b" } },
              },
            }
            """);

        Assert.Equal(
            [
                $"{path}:4:28: $.defaults.led.brightness: found 2; allowed: 0 to 1",
                $"{path}:4:31: $.defaults.led.pixel: unknown key; the nearest known key is \"pixels\"",
                $"{path}:5:26: $.defaults.realtime.url: found \"https://x\"; allowed: a WebSocket address: write wss:// in place of https:// or http://",
                $"{path}:5:53: $.defaults.realtime.credential: found 2 of them; allowed: exactly one of {{\"systemd\": NAME}}, {{\"file\": PATH}} or {{\"environment\": NAME}}",
            ],
            ConfigurationReader.Read(path).Errors);
    }

    [Fact]
    public void Read_ThousandsOfErrors_EndsInAHundredLinesAndACount()
    {
        var keys = string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"k{i}\":{{}}"));
        var path = _folder.Write("c.json", "{\"version\":1,\"defaults\":{\"led\":{" + keys + "}}}");

        var errors = ConfigurationReader.Read(path).Errors;

        Assert.Equal(101, errors.Count);
        Assert.Equal($"{path}: and 19901 more errors", errors[^1]);
    }

    [Theory]
    [InlineData("{\"realtime\":{\"credential\":{\"systemd\":\"" + Key + "\"}}}")]
    [InlineData("{\"realtime\":{\"credential\":{\"environment\":\"sk-short\"}}}")]
    [InlineData("{\"realtime\":{\"credential\":{\"environment\":\"ghp_sk-proj0123sk-short01230123\"}}}")]
    [InlineData("{\"realtime\":{\"credential\":{\"file\":\"glpat-sk-proj0123sk-short01230123\"}}}")]
    [InlineData("{\"realtime\":{\"credential\":{\"file\":\"0123456789abcdef0123456789ABCDEF\"}}}")]
    [InlineData("{\"realtime\":{\"apiKey\":\"" + Key + "\"}}")]
    [InlineData("{\"realtime\":{\"instructions\":\"Be kind. My key is " + Key + ".\"}}")]
    [InlineData("{\"realtime\":{\"url\":\"wss://me:pass@host/\"}}")]
    [InlineData("{\"realtime\":{\"url\":\"wss://host/?api-key=0123\"}}")]
    public void Read_PastedKey_IsRefusedWithTheRemedyAndNotShown(string defaults)
    {
        var path = _folder.Write("c.json", $$"""{"version":1,"defaults":{{defaults}}}""");

        var errors = ConfigurationReader.Read(path).Errors;

        Assert.Contains(errors, line => line.Contains("not shown", StringComparison.Ordinal) && line.EndsWith(SecretShape.Remedy, StringComparison.Ordinal));
        Assert.All(errors, line => Assert.DoesNotMatch("sk-proj|sk-short|0123|me:pass", line));
    }

    [Fact]
    public void Read_TheDocumentedExample_IsValid()
    {
        var path = _folder.Write("c.json", ConfigurationSamples.Documented);

        var result = ConfigurationReader.Read(path);

        Assert.Empty(result.Errors);
        Assert.Equal("plughw:CARD=seeed2micvoicec", result.Options!.Audio.Capture.Device);
        Assert.Equal("openai-api-key", result.Options.Realtime.Credential!.Systemd);
        Assert.Equal(Eagerness.Auto, result.Options.Realtime.TurnDetection.Eagerness);
    }

    [Theory]
    [InlineData("\"auto\"", 0, true)]
    [InlineData("-6.5", -6.5, false)]
    [InlineData("12", 12, false)]
    public void Read_CaptureGain_IsANumberOrAWord(string json, double db, bool automatic)
    {
        var path = _folder.Write("c.json", """{"version":1,"defaults":{"realtime":{"url":"ws://[::1]:1/"},"audio":{"capture":{"gainDb":HERE}}}}""".Replace("HERE", json, StringComparison.Ordinal));

        Assert.Equal(new GainSetting(db, automatic), ConfigurationReader.Read(path).Options!.Audio.Capture.GainDb);
    }

    [Fact]
    public void Read_EveryKeySet_ReachesEveryOption()
    {
        var path = _folder.Write("c.json", ConfigurationSamples.EveryKey);

        var result = ConfigurationReader.Read(path, hasIotPackages: true);

        Assert.Empty(result.Errors);
        Assert.Equal(ConfigurationSamples.Alternatives, ConfigurationSamples.Unchanged(result.Options!, new EdgeVoiceOptions(), "$"));
    }

    [Theory]
    [InlineData("""{"tools":[{"name":"f","parameters":{"a":["KEY"]}}]}""")]
    [InlineData("""{"tools":[{"type":"mcp","serverLabel":"s","serverUrl":"https://h/","headers":{"x-key":"KEY"}}]}""")]
    [InlineData("""{"tools":[{"type":"mcp","serverLabel":"s","serverUrl":"https://h/","authorization":{"file":"KEY"}}]}""")]
    [InlineData("""{"prompt":{"id":"p","variables":{"a":"KEY"}}}""")]
    [InlineData("""{"tracing":{"metadata":{"KEY":1}}}""")]
    public void Read_KeyAnywhereInTheSession_IsRefusedAndNotShown(string realtime)
    {
        var path = _folder.Write("c.json", $$"""{"version":1,"defaults":{"realtime":{{realtime.Replace("KEY", Key, StringComparison.Ordinal)}} } }""");

        var errors = ConfigurationReader.Read(path).Errors;

        Assert.Contains(errors, line => line.Contains("a secret (not shown)", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, line => line.Contains("sk-proj", StringComparison.Ordinal));
    }
}

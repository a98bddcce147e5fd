using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Tests.Simulator.Server;

public sealed class SimulatorScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_EveryKindOfAnswer_IsRead()
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "a.wav"), Wav(samples: 480));
        var script = SimulatorScript.Load(Write("""
            { // a comment
              "turns": [
                { "number": 2, "transcript": "Set a timer", "semantic": "pausing", "delayMs": 20, "speed": 2.5,
                  "answer": [ { "text": "One moment." }, { "toolCall": { "name": "set_timer", "arguments": { "seconds": 60, "who": ["a", null, true] } } } ],
                  "then": { "text": "It runs." } },
                { "text": "hi", "answer": { "tone": { "hz": 440, "ms": 100 }, "transcript": "beep" } },
                { "minMs": 500, "maxMs": 900, "answer": { "wav": "a.wav", "transcript": "a file" } },
                { "answer": "none" },
                { "answer": [ "repeat", { "silence": 50 }, { "fail": { "code": "x" } }, { "toolCall": { "name": "f", "arguments": "no json" } } ], },
              ],
              "otherwise": { "repeat": true }
            }
            """));
        var first = script.Turns[0];
        Assert.Equal((2, true, 20, 2.5, "Set a timer"), (first.Number, first.Pausing, first.DelayMs, first.Speed, first.Transcript));
        Assert.Equal([new TextAnswer("One moment."), new ToolCallAnswer("set_timer", """{"seconds":60,"who":["a",null,true]}""")], first.Answer);
        Assert.Equal([new TextAnswer("It runs.")], Assert.Single(first.Then));
        Assert.Equal([new ToneAnswer(440, 100, "beep")], script.Turns[1].Answer);
        var wav = Assert.IsType<PcmAnswer>(Assert.Single(script.Turns[2].Answer));
        Assert.Equal((480, 24000, "a file"), (wav.Samples.Length, wav.Rate, wav.Transcript));
        Assert.Empty(script.Turns[3].Answer);
        Assert.Equal([new RepeatAnswer(), new SilenceAnswer(50), new FailAnswer("x", "failed on demand"), new ToolCallAnswer("f", "no json")], script.Turns[4].Answer);
        Assert.Equal([new RepeatAnswer()], script.Otherwise);
    }

    [Theory]
    [InlineData("{\n \"turns\": [\n  { \"anwser\": \"none\" } ] }", ":3: $.turns[0].anwser: unknown field 'anwser'; did you mean 'answer'?")]
    [InlineData("{ \"turn\": [] }", ":1: $.turn: unknown field 'turn'; did you mean 'turns'?")]
    [InlineData("{ \"turns\": {} }", ":1: $.turns: expected an array of turns, found an object")]
    [InlineData("{ \"turns\": [ {} ] }", ":1: $.turns[0]: the field 'answer' is missing")]
    [InlineData("{ \"turns\": [ { \"number\": 0, \"answer\": \"none\" } ] }", "$.turns[0].number: expected a whole number from 1")]
    [InlineData("{ \"turns\": [ { \"semantic\": \"pause\", \"answer\": \"none\" } ] }", "$.turns[0].semantic: expected \"complete\" or \"pausing\", found \"pause\"")]
    [InlineData("{ \"turns\": [ { \"answer\": \"nothing\" } ] }", "$.turns[0].answer: expected \"none\", \"repeat\" or an object, found \"nothing\"")]
    [InlineData("{ \"turns\": [ { \"answer\": { \"text\": \"a\", \"silence\": 5 } } ] }", "$.turns[0].answer: expected exactly one of")]
    [InlineData("{ \"turns\": [ { \"answer\": { \"tone\": { \"hz\": 5, \"ms\": 5 } } } ] }", "$.turns[0].answer.tone.hz: expected a number from 20 to 3900, found 5")]
    [InlineData("{ \"turns\": [ { \"answer\": { \"wav\": \"missing.wav\" } } ] }", "$.turns[0].answer.wav: ")]
    [InlineData("{ \"turns\": [ { \"answer\": \"none\", \"answer\": \"none\" } ] }", "the field 'answer' stands there twice")]
    [InlineData("{ \"turns\": [\n", ":2: not valid JSON")]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "$: expected an object with turns, otherwise, found an array")]
    public void Load_AWrongScript_NamesFileLineAndPath(string json, string expected)
    {
        var path = Write(json);
        var problem = Assert.Throws<SimulatorScriptException>(() => SimulatorScript.Load(path));
        Assert.StartsWith(path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void Load_AMissingFile_IsOneLine()
    {
        var problem = Assert.Throws<SimulatorScriptException>(() => SimulatorScript.Load(Path.Combine(_folder.FullName, "none.json")));
        Assert.Contains("cannot read the script", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ByNumberTextDurationAndPlace_TakesTheFirstThatFits()
    {
        var script = new SimulatorScript
        {
            Turns = [new ScriptTurn { Number = 7 }, new ScriptTurn { Text = "hello" }, new ScriptTurn(), new ScriptTurn { MinMs = 100, MaxMs = 200 }],
        };
        Assert.Same(script.Turns[0], script.Find(7, "hello", null));
        Assert.Same(script.Turns[1], script.Find(3, " HELLO ", null));
        Assert.Same(script.Turns[2], script.Find(3, null, 150));
        Assert.Same(script.Turns[3], script.Find(4, null, 200));
        Assert.Null(script.Find(4, null, 201));
        Assert.Null(script.Find(4, "other", null));
    }

    private string Write(string json)
    {
        var path = Path.Combine(_folder.FullName, "script.json");
        File.WriteAllText(path, json);
        return path;
    }

    private static byte[] Wav(int samples)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + (samples * 2));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(24000);
        writer.Write(48000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(samples * 2);
        writer.Write(new byte[samples * 2]);
        return stream.ToArray();
    }
}

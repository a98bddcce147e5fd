using System.Globalization;
using System.Text.Json;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Tools;
using EdgeVoice.Device;

namespace EdgeVoice.Tests.Tools;

/// <summary>What the device can do for the model: each argument taken or refused in words, and nothing done that was refused.</summary>
public sealed class DeviceToolTests : IVolume
{
    private readonly List<int> _set = [];

    private int _percent = 70;

    int IVolume.Percent => _percent;

    void IVolume.Set(int percent) => _set.Add(_percent = percent);

    [Theory]
    [InlineData("""{"percent":0}""", 0)]
    [InlineData("""{"percent":100,"change":null}""", 100)]
    [InlineData("""{"percent":55.0}""", 55)]
    [InlineData("""{"change":-10}""", 60)]
    [InlineData("""{"change":100}""", 100)]
    [InlineData("""{"change":-100}""", 0)]
    public void Volume_GoodArguments_SetsAndAnswersTheNewPercent(string arguments, int percent)
    {
        Assert.Equal($$"""{"percent":{{percent}}}""", Run(new VolumeTool(this), arguments));
        Assert.Equal([percent], _set);
    }

    [Theory]
    [InlineData("{}", "neither percent nor change was given; allowed: percent from 0 to 100, or change from -100 to 100")]
    [InlineData("""{"percent":5,"change":5}""", "both percent and change were given")]
    [InlineData("""{"percent":101}""", "percent is 101; allowed: a whole number from 0 to 100")]
    [InlineData("""{"percent":-1}""", "percent is -1; allowed")]
    [InlineData("""{"percent":1e300}""", "percent is 1e300; allowed")]
    [InlineData("""{"percent":50.5}""", "percent is 50.5; allowed")]
    [InlineData("""{"percent":"50"}""", "percent is text; allowed")]
    [InlineData("""{"change":-101}""", "change is -101; allowed: a whole number from -100 to 100")]
    [InlineData("""{"change":[1]}""", "change is an array; allowed")]
    [InlineData("""{"change":true}""", "change is true or false; allowed")]
    [InlineData("""{"level":5}""", "unknown argument \\\"level\\\"; allowed: percent, change")]
    public void Volume_BadArguments_SaysWhatIsAllowedAndChangesNothing(string arguments, string said)
    {
        var output = Run(new VolumeTool(this), arguments);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.EndsWith("; the volume stays at 70 percent\"}", output, StringComparison.Ordinal);
        Assert.Empty(_set);
    }

    [Fact]
    public void Mute_WishesForAfterTheAnswer_AndSaysHowToOpenAgain()
    {
        var (actions, posted) = Actions(new TurnRules(HandsFree: false, Unmute: "three taps open the microphone"));
        Assert.Equal(
            """{"microphone":"closes once your next answer has been heard","open_again":"three taps open the microphone"}""", Run(new MuteTool(actions), "{}"));
        Assert.Equal([new AfterAnswerWanted(AfterAnswer.Mute)], posted);
    }

    [Fact]
    public void Goodbye_WishesForAfterTheAnswer()
    {
        var (actions, posted) = Actions(new TurnRules(HandsFree: true));
        Assert.Contains("ends once", Run(new GoodbyeTool(actions), "{}"), StringComparison.Ordinal);
        Assert.Equal([new AfterAnswerWanted(AfterAnswer.Close)], posted);
    }

    [Fact]
    public void Goodbye_AlwaysOpen_DoesNothingAndSaysSo()
    {
        var (actions, posted) = Actions(new TurnRules(HandsFree: true, AlwaysOpen: true));
        Assert.Equal("""{"conversation":"stays open: this device listens always"}""", Run(new GoodbyeTool(actions), "{}"));
        Assert.Empty(posted);
    }

    [Fact]
    public void ToolsWithoutArguments_SomeGiven_AreRefusedAndNothingDone()
    {
        var (actions, posted) = Actions(new TurnRules(HandsFree: true));
        foreach (var tool in new IDeviceTool[] { new MuteTool(actions), new GoodbyeTool(actions), new TimeTool(new Clock("2026-01-02T03:04:05Z"), 2026) })
            Assert.Equal("""{"error":"unknown argument \"now\"; none is allowed"}""", Run(tool, """{"now":true}"""));
        Assert.Empty(posted);
    }

    [Fact]
    public void Time_IsTheDevicesOwn() => Assert.Equal(
        """{"date":"2026-07-04","time":"00:30:09","weekday":"Saturday","utc_offset":"+05:45","zone":"Here"}""",
        Run(new TimeTool(new Clock("2026-07-03T18:45:09Z"), 2026), "{}"));

    [Theory]
    [InlineData("1970-01-01T00:00:10Z")]
    [InlineData("2025-12-31T12:00:00Z")]
    public void Time_ClockNotSet_IsNotGuessed(string utc)
    {
        var output = Run(new TimeTool(new Clock(utc), 2026), "{}");
        Assert.Contains("has not been set", output, StringComparison.Ordinal);
        Assert.DoesNotContain("date", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_EveryName_IsATool()
    {
        var options = new EdgeVoiceOptions();
        Assert.Equal(DeviceToolNames.All, Registry(options).All.Select(tool => tool.Name));
        Assert.Empty(Registry(options with { Realtime = options.Realtime with { DeviceTools = [] } }).All);
        Assert.InRange(DeviceTools.BuiltInYear, 2025, 2100);
        foreach (var tool in Registry(options).All)
        {
            Assert.InRange(tool.Description.Length, 10, 1_024);
            Assert.Equal("object", tool.Parameters.GetProperty("type").GetString());
            Assert.Equal(10, tool.TimeLimit.TotalSeconds);
        }
    }

    [Fact]
    public void Registry_TwoOfAName_IsABug()
    {
        Assert.Throws<ArgumentException>(() => new ToolRegistry([new VolumeTool(this), new VolumeTool(this)]));
        Assert.Throws<ArgumentException>(() => new ToolRegistry([new FakeTool("", (_, _) => Task.FromResult(""))]));
    }

    private static string Run(IDeviceTool tool, string arguments)
    {
        using var json = JsonDocument.Parse(arguments);
        var output = tool.RunAsync(json.RootElement, CancellationToken.None);
        Assert.True(output.IsCompletedSuccessfully);
#pragma warning disable xUnit1031 // It is complete.
        return output.Result;
#pragma warning restore xUnit1031
    }

    private static (ToolActions Actions, List<ConversationEvent> Posted) Actions(TurnRules rules)
    {
        var posted = new List<ConversationEvent>();
        return (new ToolActions(() => rules, happened => { posted.Add(happened); return true; }), posted);
    }

    private ToolRegistry Registry(EdgeVoiceOptions options) =>
        DeviceTools.Create(options, [], this, () => new TurnRules(HandsFree: false), _ => true, TimeProvider.System);

    private sealed class Clock(string utc) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("Here", new TimeSpan(5, 45, 0), "Here", "Here");

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture);
    }
}

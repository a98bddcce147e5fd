using EdgeVoice.Core.Tools;
using EdgeVoice.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Tests.Tools;

public sealed class ToolRunnerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Run_GivesTheArgumentsAndAnswersOnce()
    {
        var runner = Runner(new FakeTool("echo", (arguments, _) => Task.FromResult(arguments.GetRawText())));
        Assert.Equal("""{"a":[1]}""", await OutputAsync(runner, "echo", """{"a":[1]}"""));
        await IdleAsync(runner);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{}")]
    public async Task Run_WithoutArguments_IsAnEmptyObject(string arguments)
    {
        var runner = Runner(new FakeTool("echo", (given, _) => Task.FromResult(given.GetRawText())));
        Assert.Equal("{}", await OutputAsync(runner, "echo", arguments));
    }

    [Theory]
    [InlineData("{\"a\":", "no valid JSON")]
    [InlineData("nonsense", "no valid JSON")]
    [InlineData("[]", "an array")]
    [InlineData("7", "a number")]
    [InlineData("null", "null")]
    public async Task Run_ArgumentsThatAreNoObject_SaysWhatIsAllowed(string arguments, string said)
    {
        var called = false;
        var runner = Runner(new FakeTool("f", (_, _) => Task.FromResult($"{called = true}")));
        var output = await OutputAsync(runner, "f", arguments);
        Assert.StartsWith("{\"error\":\"", output, StringComparison.Ordinal);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains("one JSON object is allowed", output, StringComparison.Ordinal);
        Assert.False(called);
    }

    [Fact]
    public async Task Run_HugeArguments_AreRefused()
    {
        var output = await OutputAsync(Runner(Answering("f")), "f", $$"""{"a":"{{new string('x', ToolArguments.MaxBytes)}}"}""");
        Assert.Contains("too long", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DeepArguments_AreRefused()
    {
        var output = await OutputAsync(Runner(Answering("f")), "f", new string('[', 30_000));
        Assert.Contains("no valid JSON", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnknownTool_NamesTheKnownOnes()
    {
        Assert.Equal(
            """{"error":"this device has no tool \"lamp on\"; it has: a, b"}""",
            await OutputAsync(Runner(Answering("a"), Answering("b")), "lamp\non", "{}"));
        Assert.Equal("""{"error":"this device has no tool \"a\"; it has none"}""", await OutputAsync(Runner(), "a", "{}"));
    }

    [Fact]
    public async Task Run_ToolThatThrows_IsAnsweredWithWhatItSaid()
    {
        var runner = Runner(new FakeTool("f", (_, _) => throw new InvalidOperationException("no\nlamp")));
        Assert.Equal("""{"error":"f failed: no lamp"}""", await OutputAsync(runner, "f", "{}"));
        await IdleAsync(runner);
    }

    [Fact]
    public async Task Run_ToolThatTimesOutByItself_FailedAndWasNotSlow()
    {
        var runner = Runner(new FakeTool("f", (_, _) => Task.FromException<string>(new TimeoutException("no bus"))));
        Assert.Equal("""{"error":"f failed: no bus"}""", await OutputAsync(runner, "f", "{}"));
    }

    [Fact]
    public async Task Run_OverTheLimit_IsCancelled()
    {
        var cancelled = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        var runner = Runner(new FakeTool("slow", async (_, stop) =>
        {
            began.SetResult();
            await using var registered = stop.Register(cancelled.SetResult);
            await cancelled.Task;
            throw new OperationCanceledException(stop);
        }));
        var output = OutputAsync(runner, "slow", "{}");
        await began.Task.WaitAsync(Patience);
        await UntilAsync(() => _time.ArmedTimers == 1);
        _time.AdvanceMs(9_999);
        Assert.False(output.IsCompleted);
        _time.AdvanceMs(1);
        Assert.Contains("longer than 10 seconds", await output, StringComparison.Ordinal);
        await cancelled.Task.WaitAsync(Patience);
        await IdleAsync(runner);
    }

    [Fact]
    public async Task Run_ToolThatDoesNotListen_IsLeftBehindAndTheNextBegins()
    {
        var never = new TaskCompletionSource<string>();
        var runner = Runner(
            new FakeTool("deaf", (_, _) => never.Task) { IsSerial = true, TimeLimit = TimeSpan.FromSeconds(2) },
            new FakeTool("next", (_, _) => Task.FromResult("now")) { IsSerial = true });
        var deaf = OutputAsync(runner, "deaf", "{}");
        var next = OutputAsync(runner, "next", "{}");
        await UntilAsync(() => _time.ArmedTimers == 1);
        Assert.False(next.IsCompleted);
        _time.AdvanceMs(2_000);
        Assert.Contains("longer than 2 seconds", await deaf, StringComparison.Ordinal);
        Assert.Equal("now", await next);
        await UntilAsync(() => runner.Calls == 1);
        never.SetException(new InvalidOperationException("late"));
        await IdleAsync(runner);
    }

    [Fact]
    public async Task Run_ToolThatBlocksItsThread_DoesNotBlockTheCaller()
    {
        using var gate = new ManualResetEventSlim();
        var runner = Runner(new FakeTool("block", (_, _) =>
        {
            gate.Wait(Patience, CancellationToken.None);
            return Task.FromResult("done");
        }));
        var output = OutputAsync(runner, "block", "{}");
        Assert.False(output.IsCompleted);
        gate.Set();
        Assert.Equal("done", await output);
    }

    [Fact]
    public async Task Run_SeveralCalls_RunAtTheSameTime()
    {
        using var both = new Barrier(2);
        var runner = Runner(new FakeTool("meet", (_, _) => Task.FromResult(both.SignalAndWait(Patience, CancellationToken.None) ? "met" : "alone")));
        Assert.Equal(["met", "met"], await Task.WhenAll(OutputAsync(runner, "meet", "{}"), OutputAsync(runner, "meet", "{}")));
    }

    [Fact]
    public async Task Run_SerialTools_RunOneAfterTheOtherInOrder()
    {
        var first = new TaskCompletionSource<string>();
        var order = new List<string>();
        var runner = Runner(
            new FakeTool("a", async (_, _) => { var said = await first.Task; order.Add("a"); return said; }) { IsSerial = true },
            new FakeTool("b", (_, _) => { order.Add("b"); return Task.FromResult("b"); }) { IsSerial = true },
            Answering("beside"));
        var (a, b, beside) = (OutputAsync(runner, "a", "{}"), OutputAsync(runner, "b", "{}"), OutputAsync(runner, "beside", "{}"));
        await beside;
        Assert.Empty(order);
        first.SetResult("a");
        Assert.Equal(["a", "b"], await Task.WhenAll(a, b));
        Assert.Equal(["a", "b"], order);
    }

    [Fact]
    public async Task Run_TooManyAtOnce_AreRefusedUntilSomeHaveEnded()
    {
        var gate = new TaskCompletionSource<string>();
        var runner = Runner(new FakeTool("wait", (_, _) => gate.Task));
        var running = Enumerable.Range(0, ToolRunner.MaxCalls).Select(_ => OutputAsync(runner, "wait", "{}")).ToList();
        Assert.Contains("too many calls", await OutputAsync(runner, "wait", "{}"), StringComparison.Ordinal);
        gate.SetResult("done");
        Assert.All(await Task.WhenAll(running), output => Assert.Equal("done", output));
        await IdleAsync(runner);
        Assert.Equal("done", await OutputAsync(runner, "wait", "{}"));
    }

    [Fact]
    public async Task Run_LongOrNoOutput_IsBounded()
    {
        var runner = Runner(
            new FakeTool("long", (_, _) => Task.FromResult(new string('ü', ToolText.MaxBytes))), new FakeTool("none", (_, _) => Task.FromResult<string>(null!)));
        var output = await OutputAsync(runner, "long", "{}");
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(output), ToolText.MaxBytes - 2, ToolText.MaxBytes);
        Assert.EndsWith("ü (cut: too long)", output, StringComparison.Ordinal);
        Assert.Equal("""{"error":"none gave no output"}""", await OutputAsync(runner, "none", "{}"));
    }

    private static FakeTool Answering(string name) => new(name, (_, _) => Task.FromResult("ok"));

    private static Task IdleAsync(ToolRunner runner) => UntilAsync(() => runner.Calls == 0);

    private static async Task UntilAsync(Func<bool> condition) => Assert.True(await Eventually.IsTrue(condition));

    private static Task<string> OutputAsync(ToolRunner runner, string name, string arguments)
    {
        var output = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        // A second output would throw, and be seen as a call that never ends.
        runner.Run(name, arguments, output.SetResult);
        return output.Task.WaitAsync(Patience);
    }

    private ToolRunner Runner(params IDeviceTool[] tools) => new(new ToolRegistry(tools), _time, NullLogger<ToolRunner>.Instance);
}

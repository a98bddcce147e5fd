using System.Text;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Service;
using EdgeVoice.Tests.Configuration;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Service;

public sealed class ConfigurationStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly LogLines<ConfigurationStore> _log = new();
    private readonly List<string?> _applied = [];
    private Func<byte[], string?>? _verify;
    private string? _refusal;

    private string FilePath => _folder["edgevoice.json"];

    private LastGood Copy => new(_folder["state"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_GoodFile_IsInForce()
    {
        Write("good 1");
        using var store = Store();
        _time.AdvanceMs(5);
        var state = store.Load();
        Assert.Same(state, store.Current);
        Assert.Equal(("good 1", "file", false), (state.Options?.Realtime.Instructions, state.Source, state.FileDiffers));
        Assert.Equal(1_005_000_000, state.SinceNs);
        Assert.Matches("^[0-9a-f]{12}$", state.Hash);
        Assert.Equal(["mind this"], state.Warnings);
        Assert.Empty(state.Problems);
        Assert.False(File.Exists(Copy.FilePath));
    }

    [Theory]
    [InlineData("bad", "edgevoice.json:1:1: is bad")]
    [InlineData(null, "no such file")]
    public void Load_BadFile_TheLastGoodCopyIsInForce_AndTheReasonTold(string? text, string reason)
    {
        Copy.Save(Encoding.UTF8.GetBytes("good 7"));
        if (text is not null) Write(text);
        using var store = Store();
        var state = store.Load();
        Assert.Equal(("good 7", "last good copy", true), (state.Options?.Realtime.Instructions, state.Source, state.FileDiffers));
        Assert.Contains(reason, Assert.Single(state.Problems), StringComparison.Ordinal);
        Assert.Contains($"the last good copy, {state.Hash}, stays in force", _log.All[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BadFileAndDamagedCopy_NothingIsInForce_AndBothReasonsTold()
    {
        Copy.Save(Encoding.UTF8.GetBytes("good 7"));
        File.AppendAllText(Copy.FilePath, "8");
        Write("bad");
        using var store = Store();
        var state = store.Load();
        Assert.Equal((null, "none", ""), (state.Options, state.Source, state.Hash));
        Assert.Equal(["edgevoice.json:1:1: is bad", $"{Copy.FilePath}: is damaged and not used"], state.Problems);
    }

    [Fact]
    public void Load_CopyThatThisVersionRefuses_IsNotUsed()
    {
        Copy.Save(Encoding.UTF8.GetBytes("bad"));
        using var store = Store();
        Assert.Null(store.Load().Options);
        Assert.EndsWith("is not valid for this version and not used", store.Current.Problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhereSignaturesAreAsked_ACopyKeptWithoutIsNotUsed()
    {
        Copy.Save(Encoding.UTF8.GetBytes("good 7"));
        Write("good 8");
        _verify = _ => "is not signed";
        using var store = Store();
        Assert.Null(store.Load().Options);
        Assert.Equal($"{FilePath}: is not signed", store.Current.Problems[0]);
        Copy.Save(Encoding.UTF8.GetBytes("good 7"), isVerified: true);
        Assert.Equal("good 7", store.Load().Options?.Realtime.Instructions);
    }

    [Fact]
    public async Task Run_GoodFile_BecomesTheLastGoodCopyOnlyWhenItIsInForce()
    {
        Write("good 1");
        await using var run = await BeginAsync();
        Assert.Equal("good 1", CopyText());
        _refusal = "the card is gone";
        Write("good 2");
        await run.PassAsync(() => run.Store.RolledBack == 1);
        Assert.Equal("good 1", CopyText());
        _refusal = null;
        Write("good 3");
        await run.PassAsync(() => run.Store.Taken == 1);
        await run.PassAsync(() => CopyText() == "good 3");
        Assert.Equal(["good 2", "good 3"], _applied);
    }

    [Fact]
    public async Task Run_RolledBack_SaysSo_AndIsNotTriedAgainUntilAsked()
    {
        Write("good 1");
        await using var run = await BeginAsync();
        _refusal = "the card is gone";
        Write("good 2");
        await run.PassAsync(() => run.Store.RolledBack == 1);
        var state = run.Store.Current;
        Assert.Equal(("good 1", true), (state.Options?.Realtime.Instructions, state.FileDiffers));
        Assert.Contains("was rolled back: the card is gone", Assert.Single(state.Problems), StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(FilePath, DateTime.UnixEpoch);
        await run.PassAsync(1_000);
        Assert.Equal(["good 2"], _applied);
        Assert.Contains("rolled back: the card is gone; " + state.Hash + " stays in force", await run.Store.ReloadAsync(), StringComparison.Ordinal);
        _refusal = null;
        Assert.Matches("^configuration [0-9a-f]{12} is in force$", await run.Store.ReloadAsync());
        Assert.Empty(run.Store.Current.Problems);
        Assert.Equal((1, 2), (run.Store.Taken, run.Store.RolledBack));
    }

    [Fact]
    public async Task Run_ApplyThrows_CountsAsRolledBack()
    {
        Write("good 1");
        await using var run = await BeginAsync();
        Write("throw");
        await run.PassAsync(() => run.Store.RolledBack == 1);
        Assert.EndsWith("was rolled back: thrown", Assert.Single(run.Store.Current.Problems), StringComparison.Ordinal);
        Write("good 3");
        await run.PassAsync(() => run.Store.Taken == 1);
    }

    [Fact]
    public async Task Run_HalfWritten_IsNotToldWithinASecond_AndWholeIsTaken()
    {
        Write("good 1");
        await using var run = await BeginAsync();
        Write("bad");
        await run.PassAsync(500);
        Assert.False(run.Store.Current.FileDiffers);
        Write("good 2");
        await run.PassAsync(() => run.Store.Taken == 1);
        Assert.Equal((0, 0), (run.Store.Refused, run.Store.RolledBack));
    }

    [Fact]
    public async Task Run_StaysBad_IsToldOnce_AndTheSameBytesAgainAreGood()
    {
        Write("good 1");
        await using var run = await BeginAsync();
        Write("bad");
        await run.PassAsync(() => run.Store.Current.FileDiffers);
        Assert.Equal(["edgevoice.json:1:1: is bad"], run.Store.Current.Problems);
        Assert.Equal("good 1", run.Store.Current.Options?.Realtime.Instructions);
        Write("bad");
        await run.PassAsync(3_000);
        Assert.Equal(1, run.Store.Refused);
        Write("good 1");
        await run.PassAsync(() => !run.Store.Current.FileDiffers);
        Assert.Empty(run.Store.Current.Problems);
        Assert.Empty(_applied);
        Assert.Contains(_log.All, line => line.StartsWith("The file is again what is in force", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_Always_AnswersInOneLine()
    {
        Write("good 1");
        using (var early = Store())
        {
            early.Load();
            Assert.Contains("not ready", await early.ReloadAsync(), StringComparison.Ordinal);
        }

        await using var run = await BeginAsync();
        Assert.Equal($"unchanged: configuration {run.Store.Current.Hash} is in force", await run.Store.ReloadAsync());
        Write("bad bad");
        Assert.Equal($"refused: edgevoice.json:1:1: is bad (and 1 more); {run.Store.Current.Hash} stays in force", await run.Store.ReloadAsync());
    }

    [Fact]
    public async Task Changed_EveryChange_IsRaisedInOrder()
    {
        Write("good 1");
        await using var run = await BeginAsync();
        var heard = new List<bool>();
        run.Store.Changed += state => heard.Add(state.FileDiffers);
        Write("bad");
        await run.Store.ReloadAsync();
        Write("good 2");
        await run.Store.ReloadAsync();
        await run.Store.ReloadAsync();
        Assert.Equal([true, false], heard);
    }

    private void Write(string text) => _folder.Write("edgevoice.json", text);

    private string? CopyText() => Copy.Load(mustBeVerified: false, out _) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private ConfigurationStore Store() => new(FilePath, Parse, _verify, Copy, _time, _log);

    private async Task<Running> BeginAsync()
    {
        var store = Store();
        store.Load();
        var running = new Running(store, _time, Apply);
        await running.PassAsync(() => File.Exists(Copy.FilePath));
        var answer = "not ready";
        while (answer.Contains("not ready", StringComparison.Ordinal)) answer = await store.ReloadAsync();
        await running.PassAsync(500);
        return running;
    }

    private Task<string?> Apply(EdgeVoiceOptions options)
    {
        if (options.Realtime.Instructions == "good throw") throw new InvalidOperationException("thrown");
        _applied.Add(options.Realtime.Instructions);
        return Task.FromResult(_refusal);
    }

    private static ConfigurationResult Parse(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (text == "throw") text = "good throw";
        return text.StartsWith("good", StringComparison.Ordinal)
            ? new ConfigurationResult(new EdgeVoiceOptions { Realtime = new RealtimeOptions { Instructions = text } }, [], ["mind this"])
            : new ConfigurationResult(null, [.. text.Split(' ').Select(_ => "edgevoice.json:1:1: is bad")], []);
    }

    /// <summary>A running store, whose time passes only when told.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly ManualTime _time;
        private readonly Task _running;

        public Running(ConfigurationStore store, ManualTime time, Func<EdgeVoiceOptions, Task<string?>> apply)
        {
            (Store, _time) = (store, time);
            _running = store.RunAsync(apply, _stop.Token);
        }

        public ConfigurationStore Store { get; }

        /// <summary>Lets time pass, a hundredth of a second at a time and no faster than the rest can follow, until the condition holds.</summary>
        public async Task PassAsync(Func<bool> condition) => Assert.True(await Eventually.IsTrue(() =>
        {
            if (_time.ArmedTimers > 0) _time.AdvanceMs(10);
            return condition();
        }));

        public Task PassAsync(int ms)
        {
            var turns = ms / 10;
            return PassAsync(() => turns-- <= 0);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            Store.Dispose();
            _stop.Dispose();
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Rig.Harness;

/// <summary>The virtual Pi as a scenario sees it: a place for its files, its time limit, and everything it started.</summary>
/// <remarks>One scenario's own; what it owns is ended in reverse order when the scenario is over. Any thread may note.</remarks>
internal sealed class Pi(string folder, HostWatch host, CancellationToken stop) : IAsyncDisposable
{
    private readonly Stack<object> _owned = new();
    private readonly Lock _notes = new();
    private readonly long _beganNs = Now();
    private int _numbers;
    private int _expectations;

    /// <summary>Where logs, WAVs and pictures of this scenario go.</summary>
    public string Folder => folder;

    /// <summary>Whether the host let this guest run.</summary>
    public HostWatch Host => host;

    /// <summary>What the scenario measured, told with its result.</summary>
    public List<string> Figures { get; } = [];

    /// <summary>Signalled at the scenario's time limit.</summary>
    public CancellationToken Stop => stop;

    /// <summary>CLOCK_MONOTONIC in nanoseconds: the clock of GPIO edges, of the SPI log and of ALSA's time stamps.</summary>
    public static long Now() => TimeProvider.System.NowNs();

    /// <summary>How often the scenario looked at something; one that never did proves nothing.</summary>
    public int Expectations => _expectations;

    /// <summary>Keeps what must end with the scenario.</summary>
    public T Own<T>(T thing)
        where T : class
    {
        _owned.Push(thing);
        return thing;
    }

    /// <summary>Numbers logs in the order in which their programs were started.</summary>
    public int NextNumber() => Interlocked.Increment(ref _numbers);

    public string FileOf(string name) => Path.Combine(folder, name);

    /// <summary>One line for the scenario's log: what was measured, what happened.</summary>
    public void Note(string text)
    {
        lock (_notes)
            File.AppendAllText(FileOf("notes.txt"), string.Create(CultureInfo.InvariantCulture, $"{(Now() - _beganNs) / 1e9,8:0.000} {text}\n"));
    }

    /// <summary>A measured figure: noted, and told with the scenario's result.</summary>
    public void Tell(string figure)
    {
        Note(figure);
        Figures.Add(figure);
    }

    /// <summary>Fails the scenario unless it holds.</summary>
    public void Expect(bool holds, string otherwise)
    {
        Interlocked.Increment(ref _expectations);
        if (!holds) throw new ScenarioFailedException(otherwise);
    }

    /// <summary>Waits for something that tells no event and costs nothing to look at; looks every five milliseconds.</summary>
    public Task UntilAsync(Func<bool> holds, TimeSpan within, string what) => UntilAsync(() => Task.FromResult(holds()), within, what, 5);

    /// <summary>As above, where looking is work of its own: every tenth of a second, so that the device is not starved by our looking.</summary>
    public Task UntilAsync(Func<Task<bool>> holds, TimeSpan within, string what) => UntilAsync(holds, within, what, 100);

    /// <summary>A person's pause; never a way to wait for something.</summary>
    public Task PauseAsync(int ms) => Task.Delay(ms, stop);

    /// <summary>Starts a program; it ends with the scenario at the latest, its output goes to the scenario's folder.</summary>
    public ChildProcess Start(string program, params IReadOnlyList<string> arguments) => Own(new ChildProcess(this, program, arguments));

    /// <summary>
    /// Starts a program that stands for the world outside the device: it runs before anything else in the guest (SCHED_FIFO), for a
    /// room does not wait until a processor is free.
    /// </summary>
    public ChildProcess StartWorld(string program, params IReadOnlyList<string> arguments) => Start("chrt", ["-f", "10", program, .. arguments]);

    /// <summary>Runs a program that must succeed; returns its output.</summary>
    public async Task<string> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        var child = Start(program, arguments);
        var code = await child.ExitAsync(TimeSpan.FromSeconds(30));
        Expect(code == 0, $"{child} ended with code {code}: {child.LastLine}");
        return child.Output;
    }

    public async ValueTask DisposeAsync()
    {
        List<Exception> problems = [];
        while (_owned.TryPop(out var thing))
        {
            try
            {
                if (thing is IAsyncDisposable later) await later.DisposeAsync();
                else (thing as IDisposable)?.Dispose();
            }
            catch (Exception e)
            {
                problems.Add(e);
            }
        }

        if (problems.Count > 0) throw problems[0];
    }

    private async Task UntilAsync(Func<Task<bool>> holds, TimeSpan within, string what, int everyMs)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(began) > within)
                throw new ScenarioFailedException(string.Create(CultureInfo.InvariantCulture, $"{what}: not within {within.TotalSeconds:0.0} s"));
            await PauseAsync(everyMs);
        }
    }
}

using System.Diagnostics;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>The built program as a process: its lines, its exit code, its end.</summary>
internal sealed class ProgramUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Lines _output = new();
    private readonly Lines _error = new();
    private readonly Task _reading;

    private ProgramUnderTest(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(_output.ReadAsync(process.StandardOutput), _error.ReadAsync(process.StandardError));
    }

    public int ExitCode => _process.ExitCode;

    public int Id => _process.Id;

    public IReadOnlyList<string> Output => _output.All;

    public IReadOnlyList<string> Error => _error.All;

    public static ProgramUnderTest Start(params string[] args) => Start(new Dictionary<string, string>(), args);

    /// <summary>Starts it with environment variables of its own.</summary>
    public static ProgramUnderTest Start(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "edgevoice.dll"));
        foreach (var arg in args) info.ArgumentList.Add(arg);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return new ProgramUnderTest(Process.Start(info)!);
    }

    /// <summary>Runs to the end and returns the ended program.</summary>
    public static async Task<ProgramUnderTest> RunAsync(params string[] args)
    {
        var program = Start(args);
        await program.EndedAsync();
        return program;
    }

    public async Task EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
    }

    /// <summary>Waits for a line on standard output, or error, with these words.</summary>
    public async Task<string> SaysAsync(string words)
    {
        var (found, ended) = (Task.WhenAny(_output.FindAsync(words), _error.FindAsync(words)), _reading);
        var first = await Task.WhenAny(found, ended).WaitAsync(Patience);
        if (first == found) return await await found;
        return Output.Concat(Error).FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"ended with {ExitCode} without \"{words}\": {string.Join(" | ", Output.Concat(Error))}");
    }

    /// <summary>Sends SIGTERM and returns how long the end took.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var since = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-s", "TERM", $"{_process.Id}"])) await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        var took = Stopwatch.GetElapsedTime(since);
        await _reading.WaitAsync(Patience);
        return took;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private sealed class Lines
    {
        private readonly List<string> _lines = [];
        private readonly List<(string Words, TaskCompletionSource<string> Found)> _wanted = [];

        public IReadOnlyList<string> All
        {
            get
            {
                lock (_lines) return [.. _lines];
            }
        }

        public Task<string> FindAsync(string words)
        {
            lock (_lines)
            {
                if (_lines.Find(l => l.Contains(words, StringComparison.Ordinal)) is { } line) return Task.FromResult(line);
                var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                _wanted.Add((words, found));
                return found.Task;
            }
        }

        public async Task ReadAsync(StreamReader reader)
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_lines)
                {
                    _lines.Add(line);
                    foreach (var (words, found) in _wanted)
                        if (line.Contains(words, StringComparison.Ordinal)) found.TrySetResult(line);
                }
            }
        }
    }
}

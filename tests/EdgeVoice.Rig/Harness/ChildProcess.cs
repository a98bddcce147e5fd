using System.Diagnostics;
using System.Text;

namespace EdgeVoice.Rig.Harness;

/// <summary>A program that a scenario started. Its two outputs are kept and written to the scenario's folder at the end.</summary>
/// <remarks>Any thread. Disposing kills it, with what it started, and waits for it.</remarks>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Pi _pi;
    private readonly Process _process;
    private readonly StringBuilder _text = new();
    private readonly string _name;
    private readonly string _log;
    private readonly Task _reading;
    private bool _disposed;

    public ChildProcess(Pi pi, string program, IReadOnlyList<string> arguments)
    {
        _pi = pi;
        _name = string.Join(' ', [Path.GetFileName(program), .. arguments]);
        _log = pi.FileOf($"{pi.NextNumber():000}-{NameOf(program, arguments)}.log");
        var info = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        _process = Process.Start(info) ?? throw new ScenarioFailedException($"{_name} did not start");
        _process.StandardInput.Close();
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    public int Id => _process.Id;

    public bool HasExited => _disposed || _process.HasExited;

    /// <summary>Everything it has written until now.</summary>
    public string Output
    {
        get
        {
            lock (_text) return _text.ToString();
        }
    }

    public string LastLine => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "(it wrote nothing)";

    /// <summary>Its code when it has ended by itself within the time; fails the scenario when it has not.</summary>
    public Task<int> ExitAsync(TimeSpan within) => ExitAsync(within, _pi.Stop);

    /// <summary>As above; tidying up goes on beyond the scenario's limit.</summary>
    public async Task<int> ExitAsync(TimeSpan within, CancellationToken stop)
    {
        try
        {
            await _process.WaitForExitAsync(stop).WaitAsync(within, stop);
            await _reading.WaitAsync(within, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            throw new ScenarioFailedException($"{_name} did not end within {within.TotalSeconds:0} s; its last line: {LastLine}");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits until its output holds the text; fails the scenario when it ends before or takes too long.</summary>
    public async Task SaysAsync(string text, TimeSpan within)
    {
        await _pi.UntilAsync(() => Output.Contains(text, StringComparison.Ordinal) || _process.HasExited, within, $"{_name} should say '{text}'");
        if (Output.Contains(text, StringComparison.Ordinal)) return;
        await _reading.WaitAsync(within);
        _pi.Expect(Output.Contains(text, StringComparison.Ordinal), $"{_name} ended without saying '{text}': {LastLine}");
    }

    /// <summary>Sends a signal by name, for instance STOP.</summary>
    public Task SignalAsync(string signal) => _pi.RunAsync("kill", "-s", signal, $"{Id}");

    public override string ToString() => _name;

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading.WaitAsync(TimeSpan.FromSeconds(2));
        if (Output.Length > 0) await File.WriteAllTextAsync(_log, $"$ {_name}\n{Output}");
        _process.Dispose();
    }

    // What matters is the program that chrt gives its place to.
    private static string NameOf(string program, IReadOnlyList<string> arguments) =>
        Path.GetFileName(program == "chrt" ? arguments[2] : program);

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            lock (_text)
                _text.Append(line).Append('\n');
    }
}

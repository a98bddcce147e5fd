using System.Diagnostics;
using System.Globalization;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// This program started again in a part of its own: what it costs, and what it has compiled already, is then nobody else's.
/// </summary>
internal sealed class Child : IDisposable
{
    /// <summary>First argument of a program that plays a part.</summary>
    public const string Flag = "--part";

    private readonly Process _process;

    private Child(Process process) => _process = process;

    /// <summary>Monotonic time just before it was started, in nanoseconds.</summary>
    public long StartedNs { get; private init; }

    /// <summary>Starts a part; it ends when its standard input does, or by itself.</summary>
    public static Child Start(params ReadOnlySpan<string> arguments) => Start(Settings.None, arguments);

    /// <summary>Starts a part under environment variables of its own.</summary>
    public static Child Start(IReadOnlyDictionary<string, string> settings, params ReadOnlySpan<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(typeof(Child).Assembly.Location);
        start.ArgumentList.Add(Flag);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var startedNs = TimeProvider.System.GetTimestamp();
        return new Child(Process.Start(start)!) { StartedNs = startedNs };
    }

    /// <summary>The next line it says.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("a part of the benchmark ended early");

    /// <summary>The next line, as the numbers it consists of.</summary>
    public double[] Numbers() => [.. Read().Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

    /// <summary>Says numbers, from the other side.</summary>
    public static void Say(params double[] numbers) =>
        Console.Out.WriteLine(string.Join(' ', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture))));

    /// <inheritdoc />
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(3000)) _process.Kill();
        _process.Dispose();
    }
}

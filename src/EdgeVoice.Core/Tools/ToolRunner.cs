using System.Text.Json;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Tools;

/// <summary>Carries calls out: off the caller's thread, each within its tool's time limit, and always with an output.</summary>
/// <remarks><see cref="Run"/> belongs to one thread and never blocks; tools run on threads of the pool.</remarks>
public sealed partial class ToolRunner(ToolRegistry registry, TimeProvider time, ILogger<ToolRunner> log)
{
    /// <summary>Calls that run, wait, or were left behind and go on: at most so many; what comes on top is answered with an error.</summary>
    public const int MaxCalls = 16;

    private readonly ILogger _log = log;
    private Task _lastSerial = Task.CompletedTask;
    private int _calls;

    /// <summary>Calls that run, wait, or were left behind and go on.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>
    /// Calls a tool; <paramref name="finished"/> is called once with the text for the model, from any thread, at once where there is
    /// nothing to run.
    /// </summary>
    public void Run(string name, string arguments, Action<string> finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        if (registry.Find(name) is not { } tool)
            finished(ToolText.Error(NoSuchTool(name)));
        else if (!ToolArguments.TryParse(arguments, out var parsed, out var problem))
            finished(ToolText.Error(problem));
        else if (Interlocked.Increment(ref _calls) > MaxCalls)
        {
            Interlocked.Decrement(ref _calls);
            finished(ToolText.Error("too many calls are running at this moment; call it again later"));
        }
        else
            Start(tool, parsed, finished);
    }

    private void Start(IDeviceTool tool, JsonElement arguments, Action<string> finished)
    {
        var running = AnswerAsync(tool, arguments, tool.IsSerial ? _lastSerial : Task.CompletedTask, finished);
        if (tool.IsSerial) _lastSerial = running;
    }

    private string NoSuchTool(string name)
    {
        var has = registry.All.Count == 0 ? "it has none" : $"it has: {string.Join(", ", registry.All.Select(tool => tool.Name))}";
        return $"this device has no tool \"{OneLine.Of(name)}\"; {has}";
    }

    private async Task AnswerAsync(IDeviceTool tool, JsonElement arguments, Task before, Action<string> finished)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        finished(ToolText.Bound(await OutputAsync(tool, arguments).ConfigureAwait(false)));
    }

    // Not disposed of where the tool is left behind: it may still look at it.
    private async Task<string> OutputAsync(IDeviceTool tool, JsonElement arguments)
    {
        var stop = new CancellationTokenSource();
        var work = Task.Run(() => tool.RunAsync(arguments, stop.Token), CancellationToken.None);
        _ = work.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await work.WaitAsync(tool.TimeLimit, time, CancellationToken.None).ConfigureAwait(false)
                ?? ToolText.Error($"{tool.Name} gave no output");
        }
        catch (TimeoutException) when (!work.IsFaulted)
        {
            LogSlow(tool.Name, tool.TimeLimit.TotalSeconds);
            _ = stop.CancelAsync();
            return ToolText.Error($"{tool.Name} took longer than {tool.TimeLimit.TotalSeconds:0.###} seconds and was given up; whether it was carried out is not known");
        }
        catch (Exception e)
        {
            LogFailed(e, tool.Name);
            return ToolText.Error($"{tool.Name} failed: {OneLine.Of(e.Message)}");
        }
    }

    private void Ended(Task work)
    {
        // Looked at, so that one that was left behind and fails is no unobserved error.
        _ = work.Exception;
        Interlocked.Decrement(ref _calls);
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Warning, Message = "Tool {tool} took longer than {seconds} s; left behind")]
    private partial void LogSlow(string tool, double seconds);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "Tool {tool} failed")]
    private partial void LogFailed(Exception error, string tool);
}

using EdgeVoice.Core.Control;

namespace EdgeVoice.Verbs;

/// <summary><c>edgevoice ctl watch</c>: shows what happens in a running device.</summary>
/// <remarks>Exit codes: 0 after Ctrl-C, 1 the device refused, 3 no device listens, or it has gone away.</remarks>
internal static class CtlWatch
{
    /// <summary>Watches the first device that answers at one of <paramref name="places"/>.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> places, bool json, TextWriter output, TextWriter error, CancellationToken stop)
    {
        // A line that is written over needs a terminal.
        var view = new CtlWatchView(output, isLive: ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
        Action<ControlAnswer> begin = answer =>
        {
            if (json) WriteLine(output, answer.Json!);
            else if (answer.Reply!.Status is { } status) view.Begin(status);
        };
        Action<ControlEvent, string> happen = (happened, line) =>
        {
            if (json) WriteLine(output, line);
            else view.Show(happened);
        };
        try
        {
            var end = await CtlVerb.FirstAsync(places, place => ControlClient.WatchAsync(place, CtlVerb.Timeout, begin, happen, stop: stop));
            view.End();
            await error.WriteLineAsync(end.Problem ?? $"watch: {CtlVerb.OneLine(end.Reply?.Error ?? "refused without a reason")}");
            return end.Problem is null ? CtlVerb.Refused : CtlVerb.NoDevice;
        }
        catch (OperationCanceledException)
        {
            view.End();
            return CtlVerb.Done;
        }
        catch (IOException)
        {
            // Nobody reads on (a pipe to "head"): as good as Ctrl-C.
            return CtlVerb.Done;
        }
    }

    // Whoever reads through a pipe gets each line when it happens.
    private static void WriteLine(TextWriter output, string line)
    {
        output.WriteLine(line);
        output.Flush();
    }
}

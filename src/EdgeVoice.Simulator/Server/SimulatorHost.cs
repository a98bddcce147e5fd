using System.Globalization;
using System.Security.Cryptography;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Server;

/// <summary>The verb <c>edgevoice simulator</c>: the stand-in server alone, until it is told to stop.</summary>
public static class SimulatorHost
{
    /// <summary>What <c>--help</c> says about the server's wits.</summary>
    public const string About =
        "A stand-in Realtime server. It has no intelligence: it answers from a script (--script FILE) or repeats what it heard. "
        + "It checks its client by the published protocol and fails on demand (--fail MODE[=DETAIL][:COUNT]).";

    private static readonly Lock WriteGate = new();

    /// <summary>Runs until cancelled. Prints <c>listening on ws://…/v1/realtime</c> first, then one line for each thing that happens.</summary>
    /// <param name="options">How to listen and answer; its OnNote is called too.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error: one line when it cannot run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>0 after a cancel; 2 a certificate that cannot be used; 3 an address or port that cannot be had.</returns>
    public static async Task<int> RunAsync(SimulatorOptions options, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        var startNs = options.Time.NowNs();
        var listening = false;
        void Tell(SimulatorNote note)
        {
            options.OnNote?.Invoke(note);
            lock (WriteGate)
            {
                if (listening)
                    listening = TryWrite(output, string.Create(
                        CultureInfo.InvariantCulture, $"{(note.AtNs - startNs) / 1e9,9:0.000} {note.SessionId} {note.Text}"));
            }
        }
        try
        {
            await using var server = await SimulatorServer.StartAsync(options with { OnNote = Tell }, cancellation);
            lock (WriteGate)
            {
                listening = TryWrite(output, $"listening on {server.Url}");
            }
            await WaitAsync(cancellation);
            return 0;
        }
        catch (Exception problem) when (problem is CryptographicException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(
                $"simulator: cannot use the TLS certificate {options.TlsCertificatePath} with key {options.TlsKeyPath}: {OneLine(problem)} Give two readable PEM files.");
            return 2;
        }
        catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException)
        {
            await error.WriteLineAsync($"simulator: cannot listen on {options.Address}:{options.Port}: {OneLine(problem)} Choose another address or port with --listen.");
            return 3;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
    }

    // Whoever read may be gone (a closed pipe, a full disk): the clients are served all the same.
    private static bool TryWrite(TextWriter output, string line)
    {
        try
        {
            output.WriteLine(line);
            output.Flush();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static async Task WaitAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellation.Register(stopped.SetResult))
            await stopped.Task;
    }

    private static string OneLine(Exception problem)
    {
        var text = (problem.InnerException?.Message ?? problem.Message).ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') ? text : text + ".";
    }
}

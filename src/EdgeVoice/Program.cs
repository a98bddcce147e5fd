using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using EdgeVoice.Core.Devices;
using EdgeVoice.Verbs;

namespace EdgeVoice;

/// <summary>The program <c>edgevoice</c>: composes the verbs and turns what goes wrong into one line and an exit code.</summary>
internal static class Program
{
    /// <summary>Wrong usage or invalid configuration.</summary>
    public const int UsageError = 2;

    private const int Failed = 1;
    private const int DeviceMissing = 3;

    // As shells report a program ended by Ctrl-C.
    private const int Interrupted = 130;

    // How long a verb may take to end after Ctrl-C or SIGTERM before the program ends without it: far more than any needs (a device takes
    // two seconds at most), since a machine that has no time for us must not turn an orderly end into a failure.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(5);

    private static Task<int> Main(string[] args) => InvokeAsync(args, Compose(Console.Out, Console.Error), Console.Out, Console.Error);

    /// <summary>The command line with every verb.</summary>
    internal static RootCommand Compose(TextWriter output, TextWriter error) =>
        new("A voice device: push a button and talk, or just talk.")
        {
            RunVerb.Create(),
            DemoVerb.Create(output, error),
            SimulatorVerb.Create(output, error),
            DevicesVerb.Create(output, error),
            LedVerb.Create(output, error),
            CtlVerb.Create(output, error),
            AudioVerb.Create(output, error),
            ConfigVerb.Create(output, error),
        };

    /// <summary>Runs one command line; returns its exit code: 0 done, 1 no, 2 wrong usage, 3 a device or server is missing.</summary>
    internal static async Task<int> InvokeAsync(IReadOnlyList<string> args, RootCommand root, TextWriter output, TextWriter error)
    {
        var parsed = root.Parse(args);
        if (parsed.Action is null or ParseErrorAction)
        {
            var path = PathOf(parsed.CommandResult);
            await error.WriteLineAsync($"{path}: {Sentence(parsed)} See: {path} --help").ConfigureAwait(false);
            return UsageError;
        }

        try
        {
            var invocation = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            };
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("edgevoice: interrupted").ConfigureAwait(false);
            return Interrupted;
        }
        catch (Exception exception)
        {
            var trace = Environment.GetEnvironmentVariable("EDGEVOICE_TRACE") == "1";
            await error.WriteLineAsync($"edgevoice: {(trace ? exception : OneLine(exception.Message))}").ConfigureAwait(false);
            return exception is AudioDeviceException ? DeviceMissing : Failed;
        }
    }

    // As typed: edgevoice audio resample.
    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "edgevoice";

    private static string Sentence(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Action is not null || command.Subcommands.Count == 0)
            return OneLine(string.Join(' ', parsed.Errors.Select(error => error.Message)));
        var found = parsed.UnmatchedTokens.Count == 0 ? "No verb given" : $"No verb is called '{parsed.UnmatchedTokens[0]}'";
        return $"{found}: there is {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}.";
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

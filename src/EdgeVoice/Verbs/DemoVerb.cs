using System.CommandLine;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Demo;
using EdgeVoice.Simulator.Server;
using EdgeVoice.Terminal;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Verbs;

/// <summary><c>edgevoice demo</c>: the whole device talking, without hardware, key or network.</summary>
internal static class DemoVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var mode = new Option<string>("--mode")
        {
            Description = "How the microphone is opened.",
            HelpName = "push-to-talk|hands-free",
            DefaultValueFactory = _ => "push-to-talk",
        };
        mode.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[0].Value is not ("push-to-talk" or "hands-free"))
                result.AddError($"--mode {result.Tokens[0].Value}: must be push-to-talk or hands-free.");
        });
        mode.CompletionSources.Add("push-to-talk", "hands-free");
        var speech = new Option<string?>("--speech") { Description = "WAV file that the microphone hears in every turn.", HelpName = "IN.wav" }.NotEmpty();
        var wav = new Option<string?>("--output") { Description = "WAV file for what the loudspeaker plays.", HelpName = "OUT.wav" }.NotEmpty();
        var report = new Option<string?>("--report") { Description = "JSON file for what was measured.", HelpName = "OUT.json" }.NotEmpty();
        var turns = new Option<int>("--turns") { Description = "Turns to play, 1 to 1000; 3 by default.", DefaultValueFactory = _ => DemoOptions.DefaultTurns };
        turns.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var n) || n is < 1 or > 1000))
                result.AddError($"--turns {result.Tokens[0].Value}: must be a whole number from 1 to 1000.");
        });
        var url = new Option<string?>("--url")
        {
            Description = "Talk to this Realtime server instead of the stand-in; its key in EDGEVOICE_API_KEY.",
            HelpName = "WS_URL",
        };
        var verbose = new Option<bool>("--verbose") { Description = "Show the log on standard error." };
        var command = new Command("demo", "Show a whole device talking: no hardware, no key, no network.")
        {
            mode, speech, wav, report, turns, url, verbose,
        };
        command.SetAction((parsed, stop) =>
        {
            if (!TryAddress(parsed.GetValue(url), out var address, out var problem)) return Fail(error, problem, Program.UsageError);
            var options = new DemoOptions(
                parsed.GetValue(mode) == "hands-free" ? ConversationMode.HandsFree : ConversationMode.PushToTalk,
                parsed.GetValue(speech), parsed.GetValue(wav), parsed.GetValue(report), parsed.GetValue(turns), address);
            return RunAsync(options, parsed.GetValue(verbose), output, error, stop);
        });
        return command;
    }

    private static bool TryAddress(string? text, out Uri? address, out string problem)
    {
        (address, problem) = (null, "");
        if (text is null) return true;
        if (RealtimeEndpoint.TryBuild(new RealtimeOptions { Url = text }, out address, out problem)) return true;
        problem = "--url: " + problem;
        return false;
    }

    private static async Task<int> RunAsync(DemoOptions options, bool verbose, TextWriter output, TextWriter error, CancellationToken stop)
    {
        // From here on a signal finds a task to wait for; without one the program would be ended in the middle of its start.
        await Task.Yield();
        using var logs = LoggerFactory.Create(log =>
        {
            if (verbose) log.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Debug);
        });
        try
        {
            var redirected = ReferenceEquals(output, Console.Out) ? Console.IsOutputRedirected : true;
            var display = DeviceDisplays.Create(output, redirected || verbose, Environment.GetEnvironmentVariable, TimeProvider.System);
            DemoReport report;
            await using (display.ConfigureAwait(false))
                report = await new DemoRunner(options, display, logs).RunAsync(stop).ConfigureAwait(false);
            return await new DemoSummary(options, output).TellAsync(report).ConfigureAwait(false);
        }
        catch (DemoFailure e)
        {
            return await Fail(error, e.Message, e.ExitCode).ConfigureAwait(false);
        }
        catch (WavFormatException e)
        {
            return await Fail(error, e.Message, Program.UsageError).ConfigureAwait(false);
        }
        catch (SimulatorScriptException e)
        {
            return await Fail(error, e.Message, Program.UsageError).ConfigureAwait(false);
        }
    }

    private static async Task<int> Fail(TextWriter error, string message, int code)
    {
        await error.WriteLineAsync($"edgevoice demo: {message}").ConfigureAwait(false);
        return code;
    }
}

using System.CommandLine;
using System.Globalization;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Control;

namespace EdgeVoice.Verbs;

/// <summary><c>edgevoice ctl</c>: drives a running device through its control socket.</summary>
/// <remarks>Exit codes: 0 done, 1 the device refused, 3 no device listens.</remarks>
internal static class CtlVerb
{
    internal const int Done = 0;
    internal const int Refused = 1;
    internal const int NoDevice = 3;
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly (string Verb, string Description)[] Verbs =
    [
        ("press", "Press the button and hold it"),
        ("release", "Release the button"),
        ("tap", "Press the button and release it at once"),
        ("double-tap", "Tap twice"),
        ("mute", "Close the microphone"),
        ("unmute", "Open the microphone"),
        ("status", "Show what the device is doing"),
        ("reload", "Read the configuration again"),
    ];

    /// <summary>The command, writing to <paramref name="output"/> and <paramref name="error"/>.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var socket = new Option<string?>("--socket")
        {
            Description = $"Path of the device's control socket (default: ${ControlSocket.Variable}, then control.socket of the "
                + $"configuration, then {ControlSocket.DefaultPath}, then $XDG_RUNTIME_DIR/edgevoice/control.sock)",
            HelpName = "PATH",
            Recursive = true,
        }.NotEmpty();
        var config = new Option<string?>("--config")
        {
            Description = $"Configuration that may name the socket (default: ${RunVerb.Variable}, then {RunVerb.DefaultPath})",
            HelpName = "FILE",
            Recursive = true,
        }.NotEmpty();
        var json = new Option<bool>("--json") { Description = "Print the device's lines of JSON as they come", Recursive = true };
        var command = new Command("ctl", "Drive a running device through its control socket") { socket, config, json };
        Func<ParseResult, IReadOnlyList<string>> places = parsed => parsed.GetValue(socket) is { } path ? [path] : ControlSocket.Places(Configured(parsed.GetValue(config)));
        Func<ControlRequest, ParseResult, CancellationToken, Task<int>> run =
            (request, parsed, stop) => RunAsync(request, places(parsed), parsed.GetValue(json), output, error, stop);
        foreach (var (verb, description) in Verbs)
        {
            var sub = new Command(verb, description);
            sub.SetAction((parsed, stop) => run(ControlRequest.Of(verb), parsed, stop));
            command.Add(sub);
        }

        command.Add(Say(run));
        command.Add(Volume(run));
        var watch = new Command("watch", "Show what happens, until Ctrl-C");
        watch.SetAction((parsed, stop) => CtlWatch.RunAsync(places(parsed), parsed.GetValue(json), output, error, stop));
        command.Add(watch);
        return command;
    }

    private static Command Say(Func<ControlRequest, ParseResult, CancellationToken, Task<int>> run)
    {
        var text = new Argument<string[]>("TEXT")
        {
            Description = $"What to say, {ControlRequest.MaxTextLength} characters at most; several words are joined by blanks",
            Arity = ArgumentArity.OneOrMore,
        };
        var say = new Command("say", "Say something in writing: a turn of its own") { text };
        say.SetAction((parsed, stop) => run(ControlRequest.Of("say", string.Join(' ', parsed.GetValue(text)!)), parsed, stop));
        return say;
    }

    private static Command Volume(Func<ControlRequest, ParseResult, CancellationToken, Task<int>> run)
    {
        var percent = new Argument<int>("N") { Description = "0 (silent) to 100" };
        percent.Validators.Add(result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 100)
                result.AddError($"volume {result.Tokens[0].Value}: a whole number from 0 to 100 is meant.");
        });
        var volume = new Command("volume", "Set the volume until the next restart") { percent };
        volume.SetAction((parsed, stop) => run(ControlRequest.Of("volume", percent: parsed.GetValue(percent)), parsed, stop));
        return volume;
    }

    // A configuration that cannot be read tells nothing here: the usual places may still have a device.
    private static string? Configured(string? named)
    {
        var path = named ?? Environment.GetEnvironmentVariable(RunVerb.Variable) ?? RunVerb.DefaultPath;
        return File.Exists(path) ? ConfigurationReader.Read(path, hasIotPackages: true).Options?.Control.Socket : null;
    }

    private static async Task<int> RunAsync(
        ControlRequest request, IReadOnlyList<string> places, bool json, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var answer = await FirstAsync(places, place => ControlClient.SendAsync(place, request, Timeout, stop: stop));
        if (answer.Reply is not { } reply)
        {
            await error.WriteLineAsync(answer.Problem);
            return NoDevice;
        }

        if (json)
            await output.WriteLineAsync(answer.Json);
        else if (reply.Status is { } status)
            CtlStatus.Write(status, output);
        else if (reply.Text is { } text)
            await output.WriteLineAsync(OneLine(text));
        if (!reply.Ok)
            await error.WriteLineAsync($"{request.Do}: {OneLine(reply.Error ?? "refused without a reason")}");
        return reply.Ok ? Done : Refused;
    }

    // The first place where a device answers; where none does, the reason that says most: a socket that is there and fails.
    internal static async Task<ControlAnswer> FirstAsync(IReadOnlyList<string> places, Func<string, Task<ControlAnswer>> ask)
    {
        ControlAnswer? first = null;
        foreach (var place in places)
        {
            var answer = await ask(place);
            if (answer.Reply is not null)
                return answer;
            if (first is null || (File.Exists(place) && !File.Exists(places[0])))
                first = answer;
        }

        return first!;
    }

    // What the device says may come from a server: nothing of it may drive the terminal.
    internal static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}

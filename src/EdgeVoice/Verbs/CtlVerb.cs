using System.CommandLine;
using System.Globalization;
using EdgeVoice.Core.Control;

namespace EdgeVoice.Verbs;

/// <summary><c>edgevoice ctl</c>: drives a running device through its control socket.</summary>
/// <remarks>Exit codes: 0 done, 1 the device refused, 3 no device listens.</remarks>
internal static class CtlVerb
{
    private const int Done = 0;
    private const int Refused = 1;
    private const int NoDevice = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly (string Verb, string Description)[] Verbs =
    [
        ("press", "Press the button and hold it"),
        ("release", "Release the button"),
        ("tap", "Press the button and release it at once"),
        ("mute", "Close the microphone"),
        ("unmute", "Open the microphone"),
        ("status", "Show what the device is doing"),
    ];

    /// <summary>The command, writing to <paramref name="output"/> and <paramref name="error"/>.</summary>
    public static Command Create(TextWriter output, TextWriter error)
    {
        var socket = new Option<string?>("--socket")
        {
            Description = $"Path of the device's control socket (default: ${ControlSocket.Variable}, then {ControlSocket.DefaultPath}, "
                + "then $XDG_RUNTIME_DIR/edgevoice/control.sock)",
            HelpName = "PATH",
            Recursive = true,
        }.NotEmpty();
        var json = new Option<bool>("--json") { Description = "Print the device's reply as one line of JSON", Recursive = true };
        var command = new Command("ctl", "Drive a running device through its control socket") { socket, json };
        foreach (var (verb, description) in Verbs)
        {
            var sub = new Command(verb, description);
            sub.SetAction((arguments, stop) => RunAsync(
                ControlRequest.Of(verb), arguments.GetValue(socket), arguments.GetValue(json), output, error, stop));
            command.Add(sub);
        }

        var text = new Argument<string[]>("TEXT")
        {
            Description = $"What to say, {ControlRequest.MaxTextLength} characters at most; several words are joined by blanks",
            Arity = ArgumentArity.OneOrMore,
        };
        var say = new Command("say", "Say something in writing: a turn of its own") { text };
        say.SetAction((arguments, stop) => RunAsync(
            ControlRequest.Of("say", string.Join(' ', arguments.GetValue(text)!)), arguments.GetValue(socket), arguments.GetValue(json), output, error, stop));
        command.Add(say);

        return command;
    }

    private static async Task<int> RunAsync(
        ControlRequest request, string? socket, bool json, TextWriter output, TextWriter error, CancellationToken stop)
    {
        var answer = await AskAsync(request, socket is null ? ControlSocket.Candidates() : [socket], stop);
        if (answer.Reply is not { } reply)
        {
            await error.WriteLineAsync(answer.Problem);
            return NoDevice;
        }

        if (json)
            await output.WriteLineAsync(answer.Json);
        else if (reply.Status is { } status)
            WriteTable(status, output);
        if (!reply.Ok)
            await error.WriteLineAsync($"{request.Do}: {OneLine(reply.Error ?? "refused without a reason")}");
        return reply.Ok ? Done : Refused;
    }

    // The first place where a device answers; where none does, the reason that says most: a socket that is there and fails.
    private static async Task<ControlAnswer> AskAsync(ControlRequest request, IReadOnlyList<string> places, CancellationToken stop)
    {
        ControlAnswer? first = null;
        foreach (var place in places)
        {
            var answer = await ControlClient.SendAsync(place, request, Timeout, stop: stop);
            if (answer.Reply is not null)
                return answer;
            if (first is null || (File.Exists(place) && !File.Exists(places[0])))
                first = answer;
        }

        return first!;
    }

    private static void WriteTable(ControlStatus status, TextWriter output)
    {
        Row("link", status.Link);
        Row("conversation", status.Conversation);
        Row("turn", status.Turn);
        Row("microphone", status.Audio?.Microphone ?? status.Mute);
        if (status.Audio is { } audio)
        {
            Row("loudspeaker", audio.Loudspeaker);
            if (audio.DriftPpm is { } drift) Row("clock drift", string.Create(CultureInfo.InvariantCulture, $"{drift:0.0} ppm"));
        }

        Row("mode", status.Mode);
        Row("reconnects", status.Reconnects.ToString(CultureInfo.InvariantCulture));
        if (status.Said is { } said) Row("said", said);
        if (status.Answer is { } answer) Row("answer", answer);
        Row("status", status.Text);
        var width = status.Counters.Keys.Select(name => name.Length).DefaultIfEmpty(0).Max();
        foreach (var (name, count) in status.Counters.OrderBy(counter => counter.Key, StringComparer.Ordinal))
            output.WriteLine($"  {OneLine(name).PadRight(width)}  {count.ToString(CultureInfo.InvariantCulture)}");

        void Row(string name, string value) => output.WriteLine($"{name,-13} {OneLine(value)}");
    }

    // What the device says may come from a server: nothing of it may drive the terminal.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}

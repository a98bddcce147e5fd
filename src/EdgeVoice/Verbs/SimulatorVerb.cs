using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Verbs;

/// <summary><c>simulator</c>: the stand-in Realtime server alone; any client can use it.</summary>
internal static class SimulatorVerb
{
    private static readonly IPEndPoint FreePort = new(IPAddress.Loopback, 0);

    public static Command Create(TextWriter output, TextWriter error)
    {
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "Where to listen; without it a free port on loopback. Whoever reaches it may use it.",
            HelpName = "127.0.0.1:PORT",
            CustomParser = ParseListen,
            DefaultValueFactory = _ => FreePort,
        };
        var script = new Option<string?>("--script") { Description = "JSON file with the answers; without it what was heard is repeated.", HelpName = "FILE" }.NotEmpty();
        var fail = new Option<Fault[]>("--fail")
        {
            Description = $"What goes wrong, and how often (once); may be given several times. MODE is one of {string.Join(", ", Fault.Names)}; "
                + "http, close and drop-after-append take =STATUS, =CODE and =APPENDS.",
            HelpName = "MODE[:COUNT]",
            CustomParser = ParseFaults,
        };
        var tls = new Option<string[]>("--tls")
        {
            Description = "Speak wss with this certificate chain and private key, both PEM.",
            HelpName = "CERT.pem KEY.pem",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var key = new Option<string?>("--key") { Description = "The only API key accepted; without it every key is, and none.", HelpName = "KEY" };
        var command = new Command("simulator", SimulatorHost.About) { listen, script, fail, tls, key };
        command.SetAction((parsed, stop) =>
        {
            var at = parsed.GetRequiredValue(listen);
            var options = new SimulatorOptions
            {
                Address = at.Address,
                Port = at.Port,
                Faults = parsed.GetValue(fail) ?? [],
                TlsCertificatePath = parsed.GetValue(tls)?.ElementAtOrDefault(0),
                TlsKeyPath = parsed.GetValue(tls)?.ElementAtOrDefault(1),
                RequiredKey = parsed.GetValue(key),
            };
            return RunAsync(options, parsed.GetValue(script), output, error, stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(SimulatorOptions options, string? script, TextWriter output, TextWriter error, CancellationToken stop)
    {
        // From here on a signal finds a task to wait for; without one the program would be ended in the middle of its start.
        await Task.Yield();
        try
        {
            if (script is not null) options = options with { Script = SimulatorScript.Load(script) };
        }
        catch (SimulatorScriptException exception)
        {
            await error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return Program.UsageError;
        }

        return await SimulatorHost.RunAsync(options, output, error, stop).ConfigureAwait(false);
    }

    private static IPEndPoint ParseListen(ArgumentResult result)
    {
        // A bare number would be read as an address, a bare address as port 0: both mean something else to a person.
        var text = result.Tokens[0].Value.Replace("localhost:", "127.0.0.1:", StringComparison.Ordinal);
        var digits = text[(text.LastIndexOf(':') + 1)..];
        if (text.Contains("]:", StringComparison.Ordinal) || text.Count(c => c == ':') == 1)
            if (digits.Length > 0 && digits.All(char.IsAsciiDigit) && IPEndPoint.TryParse(text, out var at))
                return at;
        result.AddError($"--listen {result.Tokens[0].Value}: an address and a port are meant, for instance 127.0.0.1:8765.");
        return FreePort;
    }

    private static Fault[] ParseFaults(ArgumentResult result)
    {
        List<Fault> faults = [];
        foreach (var token in result.Tokens)
            if (Fault.TryParse(token.Value, out var fault, out var problem)) faults.Add(fault);
            else result.AddError($"--fail {token.Value}: {problem}.");
        return [.. faults];
    }
}

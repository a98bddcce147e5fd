using System.CommandLine;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Linux;
using EdgeVoice.Service;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Verbs;

/// <summary><c>edgevoice run</c>: the device.</summary>
internal static class RunVerb
{
    /// <summary>Where the configuration lies unless it is said otherwise.</summary>
    public const string DefaultPath = "/etc/edgevoice/edgevoice.json";

    /// <summary>Environment variable that names another configuration.</summary>
    public const string Variable = "EDGEVOICE_CONFIG";

    // SIGTERM to the end: two seconds in all, and the device itself takes at most one and a half.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMilliseconds(1_800);

    public static Command Create()
    {
        var config = new Option<string?>("--config")
        {
            Description = $"Configuration file (default: ${Variable}, then {DefaultPath}).",
            HelpName = "FILE",
        }.NotEmpty();
        var verbose = new Option<bool>("--verbose") { Description = "Log every change of state." };
        var command = new Command("run", "Run the device until it is told to stop.") { config, verbose };
        command.SetAction((parsed, stop) =>
            RunAsync(
                parsed.GetValue(config) ?? Environment.GetEnvironmentVariable(Variable) ?? DefaultPath,
                parsed.GetValue(verbose), stop));
        return command;
    }

    private static async Task<int> RunAsync(string path, bool verbose, CancellationToken stop)
    {
        // From here on a signal finds a task to wait for; without one the program would be ended in the middle of its start.
        await Task.Yield();
        var state = StateDirectory.Find();
        var request = ConfigurationRequest.OfThisDevice(hasIotPackages: true);
        var isPicture = false;
        // A live picture and log lines cannot share a terminal: the picture tells what matters.
        using var logs = LoggerFactory.Create(logging => ConfigureLogging(logging, verbose, () => !isPicture));
        // Whatever backends this build has: one that it has not is told and survived, where the ports are made.
        using var store = new ConfigurationStore(
            path, bytes => ConfigurationReader.Parse(path, bytes, request), ConfigurationSignature.Find(path), state is null ? null : new LastGood(state),
            TimeProvider.System, logs.CreateLogger<ConfigurationStore>())
        {
            AlsoWatched = [path + ConfigurationSignature.Suffix],
        };
        var options = store.Load().Options ?? new EdgeVoiceOptions();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        isPicture = options.Led.Device == "terminal" && !Console.IsErrorRedirected;
        builder.Services.AddSingleton(logs);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        var supervisor = ConfiguredSupervisor.Create(options.Service, Backends.Iot, out var problem);
        using var disposed = supervisor as IDisposable;
        var warnings = (string?[])[problem, options.Realtime.Credential is not null ? CoreDumps.Forbid() : null];
        builder.Services.AddHostedService(services =>
            new DeviceService(store, request.DeviceId, [.. warnings.OfType<string>()], supervisor, TimeProvider.System, logs));
        using var host = builder.Build();
        // Told to stop while it starts, it starts and stops: a start broken off would be an error in the journal and a wrong code.
        await host.StartAsync(CancellationToken.None).ConfigureAwait(false);
        await host.WaitForShutdownAsync(stop).ConfigureAwait(false);
        return 0;
    }

    // Logs go to standard error; the journal wants its own form, with the level in front.
    private static void ConfigureLogging(ILoggingBuilder logging, bool verbose, Func<bool> isWanted)
    {
        // A filter of one's own takes the place of the least level, too.
        var least = verbose ? LogLevel.Debug : LogLevel.Information;
        logging.SetMinimumLevel(least);
        logging.AddFilter((category, level) =>
            level >= least && isWanted() && (level >= LogLevel.Warning || category?.StartsWith("Microsoft", StringComparison.Ordinal) != true));
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null) logging.AddSystemdConsole();
        else logging.AddSimpleConsole(line => line.SingleLine = true);
    }
}

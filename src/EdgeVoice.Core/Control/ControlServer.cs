using System.Net.Sockets;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Control;

/// <summary>The control socket of a running device: JSON lines over a Unix socket of mode 0660.</summary>
/// <remarks>
/// <see cref="StartAsync"/> once, before <see cref="DisposeAsync"/>, which does its work once. One task accepts, one task serves each
/// client; the target is called from those.
/// </remarks>
public sealed class ControlServer : IAsyncDisposable
{
    private const int Backlog = 64;
    private const UnixFileMode SocketMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AcceptRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _clients = [];
    private readonly ControlDispatcher _dispatcher;
    private readonly IReadOnlyList<string> _candidates;
    private readonly ControlLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RepeatGate _refusals;
    private readonly RepeatGate _acceptFailures;
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _isDisposed;

    /// <summary>
    /// Prepares a server; nothing is opened yet. <paramref name="candidates"/>: absolute paths to try in order, as
    /// <see cref="ControlSocket.Candidates"/> gives them.
    /// </summary>
    public ControlServer(
        IControlTarget target, IReadOnlyList<string> candidates, TimeProvider time, ILogger<ControlServer> logger, ControlLimits? limits = null)
    {
        _limits = limits ?? new ControlLimits();
        _dispatcher = new ControlDispatcher(target, _limits, time, logger);
        _candidates = candidates;
        _time = time;
        _logger = logger;
        _refusals = new RepeatGate(time);
        _acceptFailures = new RepeatGate(time);
    }

    /// <summary>
    /// Lets the people in who may use the device: told the path before anybody can connect, it returns null, or why it cannot, one line,
    /// which is logged. Null (default): the group is the program's own.
    /// </summary>
    public Func<string, string?>? Admit { get; init; }

    /// <summary>Where it listens; null before the start and where no path could be used.</summary>
    public string? Path { get; private set; }

    /// <summary>Why it does not listen, one line; null where it does.</summary>
    public string? Problem { get; private set; }

    /// <summary>
    /// Begins to listen on the first path that can be used. False, with <see cref="Problem"/> logged, where none can: the device
    /// works without.
    /// </summary>
    public async Task<bool> StartAsync(CancellationToken stop)
    {
        var problems = new List<string>();
        foreach (var path in _candidates)
        {
            if (await TryListenAsync(path, stop).ConfigureAwait(false) is { } problem)
            {
                problems.Add($"{path}: {problem}");
                continue;
            }

            Path = path;
            ControlLog.Listening(_logger, path);
            _accepting = AcceptAsync(_listener!);
            return true;
        }

        Problem = string.Join("; ", problems);
        ControlLog.NotListening(_logger, Problem);
        return false;
    }

    /// <summary>Stops listening, closes every client and removes the socket; takes about a second at most.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener?.Dispose();
        if (Path is not null)
            Remove(Path);
        try
        {
            await Task.WhenAll(_clients).WaitAsync(StopTimeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            ControlLog.ClientsLeft(_logger);
        }

        _stop.Dispose();
    }

    private async Task<string?> TryListenAsync(string path, CancellationToken stop)
    {
        if (OperatingSystem.IsWindows())
            return "needs a Unix system";
        var listener = ControlSocket.Create();
        try
        {
            var endPoint = new UnixDomainSocketEndPoint(path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path) ?? "/", DirectoryMode);
            if (await ControlSocket.ClearStaleAsync(path, ProbeTimeout, _time, stop).ConfigureAwait(false) is { } problem)
                return problem;
            listener.Bind(endPoint);

            // Nobody can connect before Listen: the mode is right from the first client on.
            File.SetUnixFileMode(path, SocketMode);
            if (Admit?.Invoke(path) is { } notAdmitted)
                ControlLog.NotAdmitted(_logger, notAdmitted);
            listener.Listen(Backlog);
            _listener = listener;
            return null;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"cannot be made ({e.Message.ReplaceLineEndings(" ")}); name another path with control.socket or {ControlSocket.Variable}";
        }
        finally
        {
            if (_listener != listener)
                listener.Dispose();
        }
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stop.Token).ConfigureAwait(false);
                await ServeAsync(client).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of file descriptors, as a rule: it passes.
                if (_acceptFailures.Count(e.Message)) ControlLog.AcceptFailed(_logger, e.Message, _acceptFailures.Times);
                await Task.Delay(AcceptRetry, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        _clients.RemoveAll(client => client.IsCompleted);
        var connection = new ControlConnection(socket, _dispatcher, _limits, _time, _logger);
        if (_clients.Count < _limits.MaxClients)
        {
            // On the pool: a client with a hundred requests at hand must not hold up the next one.
            _clients.Add(Task.Run(() => connection.ServeAsync(_stop.Token)));
            return;
        }

        // Whoever asks again and again without a place is told so each time; the log is not.
        if (_refusals.Count(nameof(ControlLog.TooManyClients))) ControlLog.TooManyClients(_logger, _clients.Count, _refusals.Times);

        // Never waits: one line always fits into a socket that is new.
        await connection.RefuseAsync($"{_limits.MaxClients} clients are connected already; close one", _stop.Token).ConfigureAwait(false);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The directory is gone or no longer ours; the next start clears a stale socket anyway.
        }
    }
}

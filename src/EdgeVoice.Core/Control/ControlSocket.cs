using System.Net.Sockets;

namespace EdgeVoice.Core.Control;

/// <summary>Where the control socket is, and whose it is.</summary>
public static class ControlSocket
{
    /// <summary>The service's own place.</summary>
    public const string DefaultPath = "/run/edgevoice/control.sock";

    /// <summary>Environment variable that names the socket, before the configuration.</summary>
    public const string Variable = "EDGEVOICE_CONTROL";

    /// <summary>
    /// Places to try in order: only <c>EDGEVOICE_CONTROL</c>, or only what is configured, or the service's place and then the user's
    /// (<c>$XDG_RUNTIME_DIR/edgevoice/control.sock</c>). <paramref name="environment"/> gives variables; null for the process's own.
    /// </summary>
    public static IReadOnlyList<string> Candidates(string? configured = null, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (environment(Variable) is { Length: > 0 } named)
            return [named];
        if (!string.IsNullOrEmpty(configured))
            return [configured];
        return environment("XDG_RUNTIME_DIR") is { Length: > 0 } directory && Path.IsPathRooted(directory)
            ? [DefaultPath, Path.Combine(directory, "edgevoice", "control.sock")]
            : [DefaultPath];
    }

    /// <summary>
    /// Places where a device may listen, for whoever looks for one, in order: only <c>EDGEVOICE_CONTROL</c>, or what is
    /// <paramref name="configured"/> and then the usual places, where a device with another configuration may be.
    /// </summary>
    public static IReadOnlyList<string> Places(string? configured = null, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var usual = Candidates(null, environment);
        return string.IsNullOrEmpty(configured) || environment(Variable) is { Length: > 0 } ? usual : [configured, .. usual];
    }

    /// <summary>A new, unconnected Unix stream socket.</summary>
    internal static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>
    /// Removes a socket that nobody listens on any more. Returns why the path cannot be used, or null where it is free; a file that is
    /// no socket is never touched.
    /// </summary>
    internal static async Task<string?> ClearStaleAsync(string path, TimeSpan timeout, TimeProvider time, CancellationToken stop)
    {
        if (Directory.Exists(path))
            return "is a directory; name a file in it";
        if (!File.Exists(path))
            return null;
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using var probe = Create();
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), both.Token).ConfigureAwait(false);
            return "another device answers there; stop it first, or give this one its own control.socket";
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            if (!IsSocket(path))
                return "is a file and no socket; remove it, or choose another control.socket";
            File.Delete(path);
            return null;
        }
        catch (Exception e) when (IsBusy(e) || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return "somebody listens there and does not answer; stop it first";
        }
    }

    /// <summary>True where a listener is there whose queue of new clients is full at the moment.</summary>
    internal static bool IsBusy(Exception e) => e is SocketException { SocketErrorCode: SocketError.WouldBlock or SocketError.TryAgain };

    // Nobody can open a socket as a file (ENXIO); anything else opens, and read-write even a pipe does so without waiting.
    private static bool IsSocket(string path)
    {
        const int NoSuchDeviceOrAddress = 6;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
            return false;
        }
        catch (IOException e)
        {
            return e.HResult == NoSuchDeviceOrAddress;
        }
    }
}

using System.Net.Sockets;
using System.Text;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Linux.Systemd;

/// <summary>
/// Tells systemd how the service is doing: datagrams to the socket named by <c>NOTIFY_SOCKET</c> (sd_notify(3)). Outside
/// systemd every call does nothing.
/// </summary>
/// <remarks>Any thread may call; a datagram is sent without waiting, and one that cannot be sent is lost.</remarks>
public sealed class SystemdSupervisor : IServiceSupervisor, IDisposable
{
    /// <summary>Environment variable that systemd sets for services of Type=notify.</summary>
    public const string Variable = "NOTIFY_SOCKET";

    private readonly Socket? _socket;

    /// <summary>Connects to <paramref name="path"/>; null or empty: not under systemd.</summary>
    public SystemdSupervisor(string? path)
    {
        if (string.IsNullOrEmpty(path)) return;
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            // An '@' stands for the zero byte of Linux's abstract socket names.
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
            socket.Blocking = false;
            _socket = socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
        }
    }

    /// <inheritdoc />
    public void Ready() => Send("READY=1");

    /// <inheritdoc />
    public void Status(string text) => Send("STATUS=" + text.ReplaceLineEndings(" "));

    /// <inheritdoc />
    public void Stopping() => Send("STOPPING=1");

    /// <inheritdoc />
    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        try
        {
            _socket?.Send(Encoding.UTF8.GetBytes(message));
        }
        catch (SocketException)
        {
            // systemd is restarting, or its queue is full: the next message says it again.
        }
    }
}

using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeVoice.Rig.World;

/// <summary>A notify-type service with a watchdog, which falls silent, as a hung one does, once a file appears.</summary>
internal static class WatchedService
{
    public static async Task<int> RunAsync(string silence)
    {
        using var stop = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        File.Delete(silence);
        using var socket = Connect();
        if (socket is null || !long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out var microseconds))
        {
            await Console.Error.WriteLineAsync("no NOTIFY_SOCKET or no WATCHDOG_USEC: this runs as a notify-type service with a watchdog");
            return 2;
        }

        Say(socket, "READY=1\nSTATUS=Watched");
        while (!stop.IsCancellationRequested)
        {
            if (!File.Exists(silence)) Say(socket, "WATCHDOG=1");
            await Task.Delay(TimeSpan.FromMicroseconds(microseconds / 4), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Say(socket, "STOPPING=1");
        return 0;
    }

    private static Socket? Connect()
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path) return null;
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
        return socket;
    }

    private static void Say(Socket socket, string text) => socket.Send(Encoding.UTF8.GetBytes(text));
}

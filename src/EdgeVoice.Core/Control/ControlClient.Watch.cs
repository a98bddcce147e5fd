using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EdgeVoice.Core.Control;

/// <summary>Watches a device.</summary>
public static partial class ControlClient
{
    private const string NotOurs = "tells something that is no event; it is not the socket of a device of this release";

    /// <summary>
    /// Watches the device at <paramref name="path"/>: the reply goes to <paramref name="begun"/>, then each event, and its line of JSON,
    /// to <paramref name="happened"/>. Returns when the device goes away or drops this watcher, which the problem says, when nothing
    /// answers within <paramref name="timeout"/>, or when it refuses, which the reply says. The reply is null where none came. <paramref name="time"/>: the clock, null
    /// (default) for the system's.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was signalled.</exception>
    public static async Task<ControlAnswer> WatchAsync(
        string path, TimeSpan timeout, Action<ControlAnswer> begun, Action<ControlEvent, string> happened, TimeProvider? time = null, CancellationToken stop = default)
    {
        using var socket = ControlSocket.Create();
        var reader = new ControlLineReader(socket, MaxReplyBytes);
        var answer = await GuardedAsync(
            path, timeout, token => AskAsync(socket, reader, path, ControlRequest.Of("watch"), time ?? TimeProvider.System, token), time, stop).ConfigureAwait(false);
        if (answer.Reply is not { Ok: true }) return answer;
        begun(answer);
        try
        {
            while (await reader.ReadAsync(stop).ConfigureAwait(false) == ControlLineEnd.Line)
                if (Pass(reader.Line.Span, happened) is { } problem) return answer with { Problem = $"{path}: {problem}" };
        }
        catch (SocketException)
        {
            // Reset counts as closed.
        }

        return answer with { Problem = $"{path}: the device has gone away; look at its log" };
    }

    // What is no event is the reason for the end.
    private static string? Pass(ReadOnlySpan<byte> line, Action<ControlEvent, string> happened)
    {
        try
        {
            if (line.StartsWith("{\"ok\":"u8)) return JsonSerializer.Deserialize(line, ControlJson.Default.ControlReply)?.Error ?? "ended without a reason";
            if (JsonSerializer.Deserialize(line, ControlJson.Default.ControlEvent) is not { } told) return NotOurs;
            happened(told, Encoding.UTF8.GetString(line));
            return null;
        }
        catch (JsonException)
        {
            return NotOurs;
        }
    }
}

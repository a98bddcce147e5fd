using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// A server without a mind: what it is to send stands in the model's name, <c>flood.BASE64BYTES.BURST.COUNT.COUNT…</c>. Each
/// message of under 200 bytes makes it send the next COUNT audio deltas: as fast as they go (BURST 0) or BURST every millisecond. Longer
/// messages (appends) are swallowed.
/// </summary>
internal static class FloodServer
{
    private const int OrderBytes = 200;
    private const int WriteBytes = 128 << 10;
    private const string Accept = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Says its port, then serves until standard input ends.</summary>
    public static void Run()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Child.Say(((IPEndPoint)listener.LocalEndpoint).Port);
        _ = AcceptAsync(listener);
        Console.In.ReadToEnd();
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            var client = await listener.AcceptTcpClientAsync();
            _ = ServeAsync(client);
        }
    }

    private static async Task ServeAsync(TcpClient client)
    {
        client.NoDelay = true;
        await using var stream = client.GetStream();
        try
        {
            var plan = await GreetAsync(stream);
            // Frames are written past the socket object: nothing else writes while it is not asked to receive.
            using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            await ObeyAsync(socket, stream, plan);
        }
        catch (Exception e) when (e is IOException or WebSocketException)
        {
            // The client has gone: that is how each of them ends.
        }
    }

    private static async Task ObeyAsync(WebSocket socket, NetworkStream stream, int[] plan)
    {
        var received = new byte[64 << 10];
        var frame = Frame(plan[0]);
        var step = 2;
        while (await socket.ReceiveAsync(received.AsMemory(), CancellationToken.None) is { MessageType: WebSocketMessageType.Text } message)
            if (message is { EndOfMessage: true, Count: < OrderBytes } && step < plan.Length)
                await FloodAsync(stream, frame, plan[step++], plan[1]);
    }

    private static async Task FloodAsync(NetworkStream stream, byte[] frame, int count, int burst)
    {
        var together = burst > 0 ? burst : Math.Max(1, WriteBytes / frame.Length);
        var bytes = Enumerable.Repeat(frame, together).SelectMany(f => f).ToArray();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (count > 0)
        {
            var now = Math.Min(count, together);
            await stream.WriteAsync(bytes.AsMemory(0, now * frame.Length));
            count -= now;
            if (burst > 0) await pace.WaitForNextTickAsync();
        }
    }

    /// <summary>One audio delta as the service sends it, in an unmasked frame.</summary>
    private static byte[] Frame(int base64Bytes)
    {
        var sound = new byte[base64Bytes / 4 * 3];
        new Random(base64Bytes).NextBytes(sound);
        var payload = Encoding.ASCII.GetBytes(
            """{"type":"response.output_audio.delta","event_id":"event_D2zYoq5cT1sJvWk7aX4Rb","response_id":"resp_D2zYnH9wQ0rLuEj6bZ3Sc","item_id":"item_D2zYnK8vP7qMtDi5cY2Td","output_index":0,"content_index":0,"delta":" """.TrimEnd()
            + Convert.ToBase64String(sound) + "\"}");
        byte[] head = payload.Length <= ushort.MaxValue
            ? [0x81, 126, (byte)(payload.Length >> 8), (byte)payload.Length]
            : [0x81, 127, 0, 0, 0, 0, 0, (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length];
        return [.. head, .. payload];
    }

    private static async Task<int[]> GreetAsync(NetworkStream stream)
    {
        var buffer = new byte[8 << 10];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("no request");
            length += read;
        }

        var request = Encoding.ASCII.GetString(buffer, 0, length);
#pragma warning disable CA5350 // RFC 6455 says SHA-1; nothing is kept secret by it.
        var accepted = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(After(request, "Sec-WebSocket-Key: ") + Accept)));
#pragma warning restore CA5350
        var answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {accepted}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        return [.. After(request, "model=flood.").Split('.').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
    }

    private static string After(string request, string name)
    {
        var from = request.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
        return request[from..request.IndexOfAny(['\r', ' ', '&'], from)];
    }
}

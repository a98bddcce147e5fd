using System.Net.Sockets;

namespace EdgeVoice.Core.Control;

/// <summary>How a read for a line ended.</summary>
internal enum ControlLineEnd
{
    /// <summary>A whole line, or the last one that the peer did not end.</summary>
    Line,

    /// <summary>The peer is gone.</summary>
    Closed,

    /// <summary>The line is longer than allowed.</summary>
    TooLong,
}

/// <summary>Cuts what comes from a socket into lines of bounded length.</summary>
/// <remarks>One reader, one call at a time; a line is valid until the next call.</remarks>
internal sealed class ControlLineReader(Socket socket, int maxBytes)
{
    private byte[] _buffer = new byte[Math.Min(1024, maxBytes + 1)];
    private int _start;
    private int _end;

    /// <summary>The last line read, without its line feed.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Reads on to the end of a line.</summary>
    public async ValueTask<ControlLineEnd> ReadAsync(CancellationToken stop)
    {
        var searched = 0;
        while (true)
        {
            var feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
                return Take(searched + feed, 1);
            searched = _end - _start;
            if (searched > maxBytes)
                return ControlLineEnd.TooLong;
            MakeRoom();
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_end), stop).ConfigureAwait(false);
            if (read == 0)
                return searched == 0 ? ControlLineEnd.Closed : Take(searched, 0);
            _end += read;
        }
    }

    private ControlLineEnd Take(int length, int feed)
    {
        if (length > maxBytes)
            return ControlLineEnd.TooLong;
        Line = _buffer.AsMemory(_start, length);
        _start += length + feed;
        return ControlLineEnd.Line;
    }

    private void MakeRoom()
    {
        var kept = _buffer.AsSpan(_start, _end - _start);
        var target = _buffer;
        if (kept.Length == _buffer.Length)
            target = new byte[Math.Min(_buffer.Length * 2, maxBytes + 1)];
        kept.CopyTo(target);
        _buffer = target;
        _end = kept.Length;
        _start = 0;
    }
}

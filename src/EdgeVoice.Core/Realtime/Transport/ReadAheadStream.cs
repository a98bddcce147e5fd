using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace EdgeVoice.Core.Realtime.Transport;

/// <summary>
/// A connection that takes whatever the kernel holds in one call. The WebSocket reads each frame in two or three small pieces, and
/// the calls into the kernel are most of what receiving costs.
/// </summary>
/// <remarks>One reader and one writer at a time, as every network stream. No read allocates.</remarks>
internal sealed class ReadAheadStream(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>Bytes taken at once: several deltas of an answer that comes faster than it is heard.</summary>
    public const int AheadBytes = 64 << 10;

    private readonly byte[] _ahead = new byte[AheadBytes];
    private int _start;
    private int _end;

    /// <inheritdoc />
    public override bool DataAvailable => _start < _end || base.DataAvailable;

    /// <inheritdoc />
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start < _end) return new ValueTask<int>(Take(buffer.Span));
        return buffer.Length is 0 or >= AheadBytes
            ? base.ReadAsync(buffer, cancellationToken)
            : FillAsync(buffer, cancellationToken);
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override int Read(Span<byte> buffer) => _start < _end ? Take(buffer) : base.Read(buffer);

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int ReadByte()
    {
        var one = default(byte);
        return Read(new Span<byte>(ref one)) == 0 ? -1 : one;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await base.ReadAsync(_ahead, cancellationToken).ConfigureAwait(false);
        return Take(buffer.Span);
    }

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _start);
        _ahead.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }
}

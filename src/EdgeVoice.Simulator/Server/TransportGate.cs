using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace EdgeVoice.Simulator.Server;

/// <summary>
/// The bytes under one connection: what the client sends can be held back, so that not even a ping is seen, and bytes that are no
/// frame can be sent.
/// </summary>
/// <remarks><see cref="Hold"/> and <see cref="Release"/>: any thread. <see cref="WriteAsync"/>: only while nobody else writes.</remarks>
internal sealed class TransportGate : IDuplexPipe
{
    private readonly IDuplexPipe _inner;
    private volatile TaskCompletionSource? _held;

    private TransportGate(ConnectionContext connection)
    {
        _inner = connection.Transport;
        Input = new Reader(this);
        connection.ConnectionClosed.Register(Release);
    }

    public PipeReader Input { get; }

    public PipeWriter Output => _inner.Output;

    /// <summary>Puts a gate under the connection, to be found among its features.</summary>
    internal static void Under(ConnectionContext connection)
    {
        var gate = new TransportGate(connection);
        connection.Transport = gate;
        connection.Features.Set(gate);
    }

    /// <summary>Nothing more is read, what is on its way included; when the client's end closes, that is seen all the same.</summary>
    internal void Hold() => _held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Release()
    {
        var held = _held;
        _held = null;
        held?.TrySetResult();
    }

    internal async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => await Output.WriteAsync(bytes, cancellation);

    private sealed class Reader(TransportGate gate) : PipeReader
    {
        private PipeReader Inner => gate._inner.Input;

        public override void AdvanceTo(SequencePosition consumed) => Inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => Inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead()
        {
            gate.Release();
            Inner.CancelPendingRead();
        }

        public override void Complete(Exception? exception = null) => Inner.Complete(exception);

        public override bool TryRead(out ReadResult result)
        {
            result = default;
            return gate._held is null && Inner.TryRead(out result);
        }

        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var result = await Inner.ReadAsync(cancellationToken);
            if (gate._held is { } held && !result.IsCompleted && !result.IsCanceled)
                await held.Task.WaitAsync(cancellationToken);
            return result;
        }
    }
}

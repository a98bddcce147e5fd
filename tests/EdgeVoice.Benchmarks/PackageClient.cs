#pragma warning disable OPENAI002 // The package marks its Realtime client as experimental; it is the peer here, not a dependency.
using System.ClientModel;
using OpenAI.Realtime;

namespace EdgeVoice.Benchmarks;

/// <summary>The peer: the OpenAI package's own session, each delta read and its sound decoded.</summary>
internal sealed class PackageClient : IFloodClient
{
    private RealtimeSessionClient _session = null!;
    private IAsyncEnumerator<RealtimeServerUpdate> _updates = null!;

    /// <summary>Bytes of sound taken.</summary>
    public long Taken { get; private set; }

    public async Task ConnectAsync(int port, string model)
    {
        var client = new RealtimeClient(
            new ApiKeyCredential("sk-none"), new RealtimeClientOptions { Endpoint = new Uri($"ws://127.0.0.1:{port}/v1") });
        _session = await client.StartConversationSessionAsync(model, new RealtimeSessionClientOptions(), CancellationToken.None);
        _updates = _session.ReceiveUpdatesAsync(CancellationToken.None).GetAsyncEnumerator();
    }

    public async Task ReceiveAsync(int count)
    {
        await _session.CommitPendingAudioAsync();
        while (count > 0 && await _updates.MoveNextAsync())
        {
            if (_updates.Current is not RealtimeServerUpdateResponseOutputAudioDelta delta) throw new InvalidOperationException("no delta");
            Taken += delta.Delta.ToMemory().Length;
            count--;
        }
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> pcm, int count)
    {
        for (var i = 0; i < count; i++) await _session.SendInputAudioAsync(BinaryData.FromBytes(pcm));
    }

    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }
}

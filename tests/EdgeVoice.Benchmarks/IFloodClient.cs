namespace EdgeVoice.Benchmarks;

/// <summary>A client of <see cref="FloodServer"/>.</summary>
internal interface IFloodClient : IAsyncDisposable
{
    /// <summary>Connects; <paramref name="model"/> tells the server what it is to send.</summary>
    Task ConnectAsync(int port, string model);

    /// <summary>Orders the next deltas and completes when so many have been received and decoded.</summary>
    Task ReceiveAsync(int count);

    /// <summary>Sends an append of 40 ms, 1,920 bytes of PCM16, so many times.</summary>
    Task AppendAsync(ReadOnlyMemory<byte> pcm, int count);
}

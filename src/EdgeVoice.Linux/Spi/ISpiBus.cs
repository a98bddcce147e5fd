namespace EdgeVoice.Linux.Spi;

/// <summary>An opened bus.</summary>
/// <remarks>One thread.</remarks>
internal interface ISpiBus : IDisposable
{
    /// <summary>Sends all bytes in one transfer.</summary>
    /// <exception cref="IOException">The transfer failed: what, where, and what to do.</exception>
    void Send(ReadOnlySpan<byte> bytes);
}

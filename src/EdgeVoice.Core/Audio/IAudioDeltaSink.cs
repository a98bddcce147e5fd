namespace EdgeVoice.Core.Audio;

/// <summary>Where the receive loop puts the audio of answers.</summary>
/// <remarks>Called by the receive loop alone; must neither block nor allocate for a delta of a known item.</remarks>
public interface IAudioDeltaSink
{
    /// <summary>One delta: ids and base64 (plain alphabet, no JSON escapes) as UTF-8, valid only during the call.</summary>
    void Write(ReadOnlySpan<byte> responseId, ReadOnlySpan<byte> itemId, int contentIndex, ReadOnlySpan<byte> base64);

    /// <summary>The server has sent all audio of this content part.</summary>
    void Done(string responseId, string itemId, int contentIndex);

    /// <summary>A new connection begins: ids of the old one mean nothing any more.</summary>
    void Reset();
}

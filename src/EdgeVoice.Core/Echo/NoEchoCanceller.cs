using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Echo;

/// <summary>Leaves the microphone as it is: for headphones, files, and devices that cancel echo themselves.</summary>
/// <remarks>Needs no reference queue; nothing should write one.</remarks>
public sealed class NoEchoCanceller : IEchoCanceller
{
    /// <inheritdoc/>
    public void Process(Span<float> mono, int rate, long timeNs)
    {
    }
}

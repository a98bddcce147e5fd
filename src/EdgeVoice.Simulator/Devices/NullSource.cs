namespace EdgeVoice.Simulator.Devices;

/// <summary>A microphone in a silent room: <c>null</c>.</summary>
/// <remarks>The contract of <see cref="SimulatedSource"/>.</remarks>
public sealed class NullSource(TimeProvider time, int rate = SimulatedSource.DefaultRate, int channels = 1)
    : SimulatedSource(rate, channels, time)
{
    /// <inheritdoc/>
    protected override void Fill(long frame, Span<float> interleaved) => interleaved.Clear();
}

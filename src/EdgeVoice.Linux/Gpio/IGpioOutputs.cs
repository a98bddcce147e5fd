namespace EdgeVoice.Linux.Gpio;

/// <summary>Output lines that are held.</summary>
/// <remarks>One thread.</remarks>
internal interface IGpioOutputs : IDisposable
{
    /// <summary>Sets all lines, bit 0 being the first.</summary>
    /// <exception cref="IOException">It failed: what, where, and what to do.</exception>
    void Set(int bits);
}

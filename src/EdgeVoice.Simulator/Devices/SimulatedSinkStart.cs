namespace EdgeVoice.Simulator.Devices;

/// <summary>The card started, or started again after a stop or an underrun.</summary>
/// <param name="CardFrame">Absolute card frame of the first sample.</param>
/// <param name="FileFrame">Frame of the same sample in the file.</param>
/// <param name="TimeNs">Monotonic time at which it sounded, in nanoseconds.</param>
public readonly record struct SimulatedSinkStart(long CardFrame, long FileFrame, long TimeNs);

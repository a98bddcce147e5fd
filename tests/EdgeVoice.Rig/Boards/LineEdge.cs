namespace EdgeVoice.Rig.Boards;

/// <summary>One edge as the kernel stamped it.</summary>
/// <param name="Ns">CLOCK_MONOTONIC.</param>
/// <param name="IsRising">From low to high.</param>
/// <param name="Sequence">Counts from 1; a hole is a lost edge.</param>
/// <param name="SeenNs">When this program had it.</param>
internal readonly record struct LineEdge(long Ns, bool IsRising, uint Sequence, long SeenNs);

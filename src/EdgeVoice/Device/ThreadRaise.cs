namespace EdgeVoice.Device;

/// <summary>Asks for real-time threads, and lets the line why not through once: it is the same for all of them.</summary>
/// <remarks>Called by each audio thread as it starts.</remarks>
internal sealed class ThreadRaise(Func<string?> raise)
{
    private int _told;

    /// <summary>Raises the calling thread; returns null when granted, or when it was told already why not.</summary>
    public string? Raise()
    {
        string? refused;
        try
        {
            refused = raise();
        }
        catch (Exception e)
        {
            // A thread that runs with ordinary priority is better than none.
            refused = $"real-time threads are not available: {e.Message}";
        }

        return refused is null || Interlocked.Exchange(ref _told, 1) != 0 ? null : refused;
    }
}

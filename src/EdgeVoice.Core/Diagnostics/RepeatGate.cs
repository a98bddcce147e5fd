namespace EdgeVoice.Core.Diagnostics;

/// <summary>
/// Keeps what fails again and again from filling the log: told are the first time, a reason that is new, and otherwise one time
/// a minute, with how often it has happened.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class RepeatGate(TimeProvider time)
{
    private const long PauseNs = 60_000_000_000;

    // Reasons that take turns are not new each time; more than these at once are.
    private const int MostReasons = 8;
    private readonly List<string> _told = [];
    private long _toldNs;

    /// <summary>How often it has happened since the start or the last <see cref="Reset"/>.</summary>
    public long Times { get; private set; }

    /// <summary>Counts one time; true when it is to be told.</summary>
    public bool Count(string reason)
    {
        Times++;
        var now = time.NowNs();
        if (_told.Contains(reason))
        {
            if (now - _toldNs < PauseNs) return false;
        }
        else
        {
            if (_told.Count == MostReasons) _told.Clear();
            _told.Add(reason);
        }

        _toldNs = now;
        return true;
    }

    /// <summary>It has worked: the next failure is a first one.</summary>
    public void Reset()
    {
        Times = 0;
        _told.Clear();
    }
}

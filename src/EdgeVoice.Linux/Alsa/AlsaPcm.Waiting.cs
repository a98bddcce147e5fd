using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;
using Native = EdgeVoice.Linux.Interop.AlsaNative;

namespace EdgeVoice.Linux.Alsa;

/// <content>Waiting, and what a wait may find wrong.</content>
internal sealed partial class AlsaPcm
{
    private const long MsNs = 1_000_000;

    // A descriptor that is ready and brings nothing must not be polled in a circle.
    private const int MostEmptyTurns = 3;
    private const int RestMs = 2;
    private const long BrokenNs = 200 * MsNs;
    private const int ResumeMs = 20;

    /// <summary>
    /// Waits for <see cref="WakeFrames"/>, a wake-up or the deadline. A fault is told as <see cref="AudioWait.Xrun"/> with the
    /// stream prepared again but not started, or as <see cref="AudioWait.Lost"/>.
    /// </summary>
    public AudioWait Wait(int timeoutMs)
    {
        var deadline = NowNs() + timeoutMs * MsNs;
        var emptyTurns = 0;
        var brokenSince = 0L;
        while (true)
        {
            if (_wake.TryTake()) return AudioWait.Woken;
            if (IsLost) return AudioWait.Lost;
            var avail = Native.PcmAvailUpdate(_pcm);
            if (avail < 0) return Recover((int)avail, deadline);
            // An unplugged or sleeping card still tells what was available, and gives none of it.
            switch (State)
            {
                case PcmState.Suspended: return Recover(Errno.StreamPipe, deadline);
                case PcmState.Disconnected: return Lose();
            }

            if (avail >= WakeFrames) return AudioWait.Ready;
            var now = NowNs();
            if (now >= deadline) return AudioWait.TimedOut;
            var happened = Poll(CeilingMs(deadline - now), emptyTurns);
            emptyTurns = NowNs() - now < MsNs ? emptyTurns + 1 : 0;
            if ((happened & PollFile.Broken) == 0) brokenSince = 0;
            else if (brokenSince == 0) brokenSince = now;
            else if (now - brokenSince > BrokenNs) return Lose();
        }
    }

    /// <summary>Waits for a wake-up or the deadline alone, and for faults; those as <see cref="Wait"/> tells them.</summary>
    public AudioWait Idle(int timeoutMs)
    {
        var deadline = NowNs() + timeoutMs * MsNs;
        var emptyTurns = 0;
        while (true)
        {
            if (_wake.TryTake()) return AudioWait.Woken;
            if (IsLost) return AudioWait.Lost;
            switch (State)
            {
                case PcmState.Xrun: return Recover(Errno.BrokenPipe, deadline);
                case PcmState.Suspended: return Recover(Errno.StreamPipe, deadline);
                case PcmState.Disconnected: return Lose();
            }

            var now = NowNs();
            if (now >= deadline) return AudioWait.TimedOut;
            PollFaults(CeilingMs(deadline - now), emptyTurns);
            emptyTurns = NowNs() - now < MsNs ? emptyTurns + 1 : 0;
        }
    }

    /// <summary>
    /// After an error: prepares the stream again, which is <see cref="AudioWait.Xrun"/>. An overrun that cannot be prepared is
    /// an unplugged card or a dead server: <see cref="AudioWait.Lost"/>.
    /// </summary>
    public AudioWait Recover(int error, long deadlineNs = 0)
    {
        if (IsLost || error is Errno.NoDevice or Errno.Io || State == PcmState.Disconnected) return Lose();
        if (error == Errno.StreamPipe)
        {
            var resumed = Native.PcmResume(_pcm);
            if (resumed == Errno.Again)
            {
                // The card is still waking up: asked again soon, and meanwhile anybody may have a word.
                if (NowNs() >= deadlineNs) return AudioWait.TimedOut;
                PollWake(ResumeMs);
                return _wake.TryTake() ? AudioWait.Woken : AudioWait.TimedOut;
            }

            // One that runs on where it was is stopped all the same: what it holds belongs to the time before the sleep.
            if (resumed >= 0) _ = Native.PcmDrop(_pcm);
        }

        if (Native.PcmPrepare(_pcm) < 0) return Lose();
        FillPollFiles();
        return AudioWait.Xrun;
    }

    /// <summary>From now on every wait says that it is gone.</summary>
    public AudioWait Lose()
    {
        IsLost = true;
        return AudioWait.Lost;
    }

    private static int CeilingMs(long ns) => (int)Math.Min(int.MaxValue, (ns + MsNs - 1) / MsNs);

    private int Poll(int timeoutMs, int emptyTurns)
    {
        if (emptyTurns >= MostEmptyTurns)
        {
            PollWake(Math.Min(timeoutMs, RestMs));
            timeoutMs = 0;
        }

        if (LibcNative.Poll(ref _files[0], (nuint)_files.Length, timeoutMs) <= 0) return 0;
        if (_files[0].Happened != 0) _wake.Clear();
        return Native.PcmPollHappened(_pcm, ref _files[1], (uint)(_files.Length - 1), out var happened) < 0 ? PollFile.Broken : happened;
    }

    // Descriptors are polled for what is always told: errors and hang-ups.
    private void PollFaults(int timeoutMs, int emptyTurns)
    {
        if (emptyTurns >= MostEmptyTurns)
        {
            PollWake(timeoutMs);
            return;
        }

        for (var i = 1; i < _files.Length; i++) _files[i].Events = 0;
        if (LibcNative.Poll(ref _files[0], (nuint)_files.Length, timeoutMs) > 0 && _files[0].Happened != 0) _wake.Clear();
        FillPollFiles();
    }

    private void PollWake(int timeoutMs)
    {
        if (LibcNative.Poll(ref _files[0], 1, timeoutMs) > 0) _wake.Clear();
    }
}

using System.Runtime.ExceptionServices;

namespace EdgeVoice.Tests.Audio;

/// <summary>Runs two bodies on two real threads at once; what either throws, or that it hangs, fails the test.</summary>
internal static class TwoThreads
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static void Run(Action first, Action second)
    {
        Exception? thrown = null;
        var threads = Array.ConvertAll(new[] { first, second }, body => new Thread(() =>
        {
            try
            {
                body();
            }
            catch (Exception e)
            {
                Volatile.Write(ref thrown, e);
            }
        })
        { IsBackground = true });
        foreach (var thread in threads) thread.Start();
        var start = TimeProvider.System.GetTimestamp();
        foreach (var thread in threads)
            while (!thread.Join(50))
            {
                // One of them failed: the other waits for ever.
                if (Volatile.Read(ref thrown) is not null) break;
                if (TimeProvider.System.GetElapsedTime(start) > Limit) Assert.Fail("a thread hangs");
            }

        if (Volatile.Read(ref thrown) is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Spins and yields while nothing moves, never sleeps.</summary>
    internal struct Waiting
    {
        private SpinWait _spin;

        internal void After(bool progress)
        {
            if (progress) _spin.Reset();
            else _spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}

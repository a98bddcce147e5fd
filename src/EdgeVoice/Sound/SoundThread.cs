using EdgeVoice.Linux;

namespace EdgeVoice.Sound;

/// <summary>Runs a verb's audio loop on a thread of its own, before all ordinary ones where the system allows it.</summary>
internal static class SoundThread
{
    /// <summary>Ends when the work does, with its result or its exception; the argument is the line why the thread is an ordinary one, or null.</summary>
    public static Task<T> RunAsync<T>(string name, Func<string?, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(work(RealTimeThread.TryRaise()));
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { Name = name, IsBackground = true }.Start();
        return done.Task;
    }
}

namespace EdgeVoice.Tests.Support;

/// <summary>Waits for what another thread is about to do, in real time: however busy the machine is, a turn of its own comes.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>True as soon as the condition holds; false when it does not within twenty seconds.</summary>
    public static async Task<bool> IsTrue(Func<bool> condition)
    {
        var time = TimeProvider.System;
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < Patience;)
        {
            if (condition()) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        }

        return condition();
    }
}

using System.Globalization;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>Suspend to memory. Nothing in the guest can wake it: run.sh on the host does, a second or two after it sees the file.</summary>
internal static class SystemSleep
{
    private const string Sleeps = "/sys/power/suspend_stats/success";

    /// <summary>Sleeps once; returns when the guest is awake again.</summary>
    public static async Task SleepAsync(Pi pi)
    {
        var (before, began) = (Count(), Pi.Now());
        var request = pi.FileOf("asleep");
        await File.WriteAllTextAsync(request, "", pi.Stop);
        try
        {
            // The kernel answers when it has woken up.
            await Task.Run(() => File.WriteAllText("/sys/power/state", "mem"), pi.Stop);
        }
        finally
        {
            File.Delete(request);
        }

        pi.Note(string.Create(CultureInfo.InvariantCulture, $"slept; the monotonic clock counted {(Pi.Now() - began) / 1e9:0.0} s"));
        pi.Expect(Count() == before + 1, "the guest did not sleep");
    }

    private static int Count() => int.Parse(File.ReadAllText(Sleeps), CultureInfo.InvariantCulture);
}

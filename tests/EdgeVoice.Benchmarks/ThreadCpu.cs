using System.Globalization;

namespace EdgeVoice.Benchmarks;

/// <summary>What each thread of this process has cost so far, by its name, from the kernel's scheduler.</summary>
internal static class ThreadCpu
{
    /// <summary>Milliseconds that threads of this name have run; null when there is none.</summary>
    public static double? MsOf(string name)
    {
        double? ms = null;
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(task, "comm")).TrimEnd() != name) continue;
                var ran = File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0];
                ms = (ms ?? 0) + double.Parse(ran, CultureInfo.InvariantCulture) / 1e6;
            }
            catch (IOException)
            {
                // A thread that ended meanwhile.
            }
        }

        return ms;
    }
}

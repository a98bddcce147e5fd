namespace EdgeVoice.Linux.Alsa;

/// <summary>Tells when a sound card has been plugged in, so that nobody waits for the next try.</summary>
/// <remarks>
/// The action is called on a pool thread, possibly several times a card, and must return at once. Where the kernel's device
/// folder is missing or cannot be watched nothing is told: who waits for a card tries once a second anyway.
/// </remarks>
public sealed class SoundCardWatch : IDisposable
{
    private const string Devices = "/dev/snd";
    private readonly FileSystemWatcher? _watcher;

    /// <summary>Begins to watch.</summary>
    public SoundCardWatch(Action plugged)
    {
        try
        {
            var watcher = new FileSystemWatcher(Devices, "pcm*") { NotifyFilter = NotifyFilters.FileName | NotifyFilters.Attributes };
            // Made by the kernel as root's; udev hands it to the group a moment later.
            watcher.Created += (_, _) => plugged();
            watcher.Changed += (_, _) => plugged();
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            // No sound system in the kernel yet, or no inotify left: the tries go on.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher?.Dispose();
}

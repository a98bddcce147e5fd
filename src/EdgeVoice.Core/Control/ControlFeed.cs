namespace EdgeVoice.Core.Control;

/// <summary>Passes on what happens to everybody who watches.</summary>
/// <remarks>Any thread. <see cref="Publish"/> never waits for a watcher: it puts the event into bounded queues and returns.</remarks>
public sealed class ControlFeed
{
    private readonly Lock _gate = new();
    private volatile ControlSubscription[] _watchers = [];

    /// <summary>Somebody watches; while nobody does, events need not even be made.</summary>
    public bool IsWatched => _watchers.Length > 0;

    /// <summary>Tells everybody who watches.</summary>
    public void Publish(ControlEvent happened)
    {
        foreach (var watcher in _watchers) watcher.Add(happened);
    }

    /// <summary>Begins to watch; ends with its disposal.</summary>
    internal ControlSubscription Subscribe()
    {
        var watcher = new ControlSubscription(Remove);
        lock (_gate) _watchers = [.. _watchers, watcher];
        return watcher;
    }

    private void Remove(ControlSubscription watcher)
    {
        lock (_gate) _watchers = [.. _watchers.Where(other => other != watcher)];
    }
}

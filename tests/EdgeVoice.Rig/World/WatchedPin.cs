using System.Collections.Concurrent;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Input;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.World;

/// <summary>One of the device's own buttons, run as the device runs it.</summary>
/// <remarks>The thread is joined before the pin is disposed.</remarks>
internal sealed class WatchedPin : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(ButtonEdge Edge, long SeenNs)> _edges = new();
    private Thread? _thread;

    private WatchedPin(KernelButtonPin pin) => Pin = pin;

    public KernelButtonPin Pin { get; }

    /// <summary>What was told until now, in order.</summary>
    public IReadOnlyList<(ButtonEdge Edge, long SeenNs)> Edges => [.. _edges];

    public static WatchedPin Of(Pi pi, KernelButtonPin pin) => pi.Own(new WatchedPin(pin));

    public WatchedPin Run()
    {
        _thread = new Thread(() => Pin.Run(edge => _edges.Enqueue((edge, Pi.Now())), _stop.Token)) { Name = "ev-button" };
        _thread.Start();
        return this;
    }

    /// <summary>Waits until so many edges were told.</summary>
    public Task SeesAsync(Pi pi, int count, string what) => pi.UntilAsync(() => _edges.Count >= count, TimeSpan.FromSeconds(10), what);

    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        Pin.Dispose();
        _stop.Dispose();
    }
}

using System.Device.Gpio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Iot.Gpio;

/// <content>From the package's thread to ours.</content>
public sealed partial class IotButtonPin
{
    private bool HasEdges
    {
        get
        {
            lock (_edges) return _edges.Count > 0;
        }
    }

    private void OnChange(object sender, PinValueChangedEventArgs change)
    {
        var isDown = change.ChangeType == PinEventTypes.Rising == (_line.Pull == ButtonPull.Down);
        var edge = new ButtonEdge(isDown, _time.NowNs());
        lock (_edges)
        {
            if (_edges.Count < MostEdges) _edges.Enqueue(edge);
            Monitor.PulseAll(_edges);
        }
    }

    // Waits for an edge, the stop or the deadline.
    private bool TryTake(out ButtonEdge edge, int timeoutMs, CancellationToken stop)
    {
        lock (_edges)
        {
            if (_edges.Count == 0 && !stop.IsCancellationRequested && !_isDisposed) Monitor.Wait(_edges, timeoutMs);
            return _edges.TryDequeue(out edge);
        }
    }

    private void Forget()
    {
        lock (_edges) _edges.Clear();
    }

    private void Wake()
    {
        lock (_edges) Monitor.PulseAll(_edges);
    }
}

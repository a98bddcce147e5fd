using EdgeVoice.Core.Devices;

namespace EdgeVoice.Core.Button;

/// <summary>A switch for the microphone: on acts at its first edge, off only once its contact has settled.</summary>
/// <remarks>
/// The pin has a thread of its own, <c>ev-mute</c>. Edges and deadlines meet under one lock, held for microseconds; changes are told
/// inside it, in order, so the receiver must only pass them on.
/// </remarks>
public sealed class MuteSwitch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IButtonPin _pin;
    private readonly Action<bool> _told;
    private readonly ITimer _settled;
    private bool _isOn;

    /// <summary>Creates it over <paramref name="pin"/>; <paramref name="told"/> receives every change after the start.</summary>
    public MuteSwitch(IButtonPin pin, Action<bool> told, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(pin);
        ArgumentNullException.ThrowIfNull(time);
        _pin = pin;
        _told = told;
        _isOn = pin.IsDown;
        _settled = time.CreateTimer(static s => ((MuteSwitch)s!).OnSettled(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A switch that goes off is believed after this long without an edge, in ms (30). Source: our choice.</summary>
    public const int SettleMs = 30;

    /// <summary>True while it is on: the microphone is closed. From the first moment on.</summary>
    public bool IsOn => Volatile.Read(ref _isOn);

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        // It may have been moved since it was made.
        OnEdge(new ButtonEdge(_pin.IsDown, 0));
        new Thread(() => _pin.Run(OnEdge, _stop.Token)) { Name = "ev-mute", IsBackground = true }.Start();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Cancel();
        _settled.Dispose();
    }

    private void OnEdge(ButtonEdge edge)
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) return;
            if (edge.IsDown) Become(true);
            else if (_isOn) Look();
        }
    }

    private void OnSettled()
    {
        lock (_gate) Become(_pin.IsDown);
    }

    private void Become(bool on)
    {
        if (on == _isOn) return;
        Volatile.Write(ref _isOn, on);
        _told(on);
    }

    private void Look()
    {
        try
        {
            _settled.Change(TimeSpan.FromMilliseconds(SettleMs), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // An edge at the very end.
        }
    }
}

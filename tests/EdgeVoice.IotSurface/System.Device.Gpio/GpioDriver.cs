namespace System.Device.Gpio;

/// <summary>A driver whose edges are fed by a test: on any thread, as often as it likes, with or without telling.</summary>
/// <remarks>The real type's members have other names; the adapters use none of them.</remarks>
public class GpioDriver : IDisposable
{
    private readonly Dictionary<int, PinMode> _open = [];
    private readonly Dictionary<int, bool> _levels = [];
    private readonly Dictionary<int, PinChangeEventHandler?> _callbacks = [];
    private readonly Lock _gate = new();
    private string? _failure;

    /// <summary>What <c>new GpioController()</c> finds.</summary>
    public static GpioDriver Board { get; } = new();

    /// <summary>How often it was disposed.</summary>
    public int Disposals { get; private set; }

    /// <summary>Modes of the open pins.</summary>
    public IReadOnlyDictionary<int, PinMode> Open => _open;

    /// <summary>Moves a line; <paramref name="isTold"/> false: the edge is lost.</summary>
    public void Set(int pin, bool high, bool isTold = true)
    {
        PinChangeEventHandler? callback;
        lock (_gate)
        {
            _levels[pin] = high;
            callback = isTold ? _callbacks.GetValueOrDefault(pin) : null;
        }

        callback?.Invoke(this, new PinValueChangedEventArgs(high ? PinEventTypes.Rising : PinEventTypes.Falling, pin));
    }

    /// <summary>The chip is gone (every call fails with these words), or back (null).</summary>
    public void Fail(string? failure)
    {
        lock (_gate) _failure = failure;
    }

    public void Dispose()
    {
        Disposals++;
        lock (_gate)
        {
            _open.Clear();
            _callbacks.Clear();
        }

        GC.SuppressFinalize(this);
    }

    internal void OpenPin(int pin, PinMode mode)
    {
        lock (_gate)
        {
            Check();
            if (!_open.TryAdd(pin, mode)) throw new InvalidOperationException($"pin {pin} is open already");
            _levels.TryAdd(pin, mode == PinMode.InputPullUp);
        }
    }

    internal PinValue Read(int pin)
    {
        lock (_gate)
        {
            Check();
            return _open.ContainsKey(pin) ? _levels[pin] ? PinValue.High : PinValue.Low : throw new InvalidOperationException($"pin {pin} is not open");
        }
    }

    internal void AddCallback(int pin, PinEventTypes types, PinChangeEventHandler callback)
    {
        lock (_gate)
        {
            Check();
            if (types != (PinEventTypes.Rising | PinEventTypes.Falling)) throw new ArgumentOutOfRangeException(nameof(types), types, "both edges");
            _callbacks[pin] = _callbacks.GetValueOrDefault(pin) + callback;
        }
    }

    internal void RemoveCallback(int pin, PinChangeEventHandler callback)
    {
        lock (_gate)
        {
            Check();
            _callbacks[pin] = _callbacks.GetValueOrDefault(pin) - callback;
        }
    }

    private void Check()
    {
        if (_failure is { } failure) throw new IOException(failure);
    }
}

namespace System.Device.Gpio;

/// <summary>How a pin is used.</summary>
public enum PinMode
{
    Input,
    Output,
    InputPullDown,
    InputPullUp,
}

/// <summary>Kinds of edges.</summary>
[Flags]
public enum PinEventTypes
{
    None = 0,
    Rising = 1,
    Falling = 2,
}

/// <summary>A level.</summary>
public readonly record struct PinValue
{
    private readonly byte _value;

    private PinValue(byte value) => _value = value;

    public static PinValue High => new(1);

    public static PinValue Low => new(0);

    public override string ToString() => _value == 0 ? "Low" : "High";
}

/// <summary>An edge: no time, no number.</summary>
public class PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber) : EventArgs
{
    public PinEventTypes ChangeType { get; } = changeType;

    public int PinNumber { get; } = pinNumber;
}

/// <summary>Told of an edge.</summary>
public delegate void PinChangeEventHandler(object sender, PinValueChangedEventArgs pinValueChangedEventArgs);

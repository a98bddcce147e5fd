namespace System.Device.Gpio;

/// <summary>Pins of a board. With <see cref="GpioController()"/> the driver is the fake one of <see cref="GpioDriver.Board"/>.</summary>
public class GpioController(GpioDriver driver) : IDisposable
{
    public GpioController()
        : this(GpioDriver.Board)
    {
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        driver.OpenPin(pinNumber, mode);
        return new GpioPin();
    }

    public virtual PinValue Read(int pinNumber) => driver.Read(pinNumber);

    public virtual void RegisterCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        driver.AddCallback(pinNumber, eventTypes, callback);

    public virtual void UnregisterCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        driver.RemoveCallback(pinNumber, callback);

    public void Dispose()
    {
        driver.Dispose();
        GC.SuppressFinalize(this);
    }
}

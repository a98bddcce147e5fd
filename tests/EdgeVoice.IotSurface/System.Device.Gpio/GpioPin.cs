namespace System.Device.Gpio;

/// <summary>An open pin; nothing of it is used.</summary>
public class GpioPin;

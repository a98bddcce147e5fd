namespace EdgeVoice.IotTests.Sources;

/// <summary>A package, the types of it that the adapters use, by their full names, and the folders of adapters that need it.</summary>
internal sealed record PackageSource(string Name, string[] Adapters, string[] Types)
{
    public static IReadOnlyList<PackageSource> All { get; } =
    [
        new("System.Device.Gpio", ["Gpio"],
            [
                "System.Device.Gpio.GpioController", "System.Device.Gpio.GpioDriver", "System.Device.Gpio.GpioPin", "System.Device.Gpio.PinMode",
                "System.Device.Gpio.PinEventTypes", "System.Device.Gpio.PinValue", "System.Device.Gpio.PinValueChangedEventArgs",
                "System.Device.Gpio.PinChangeEventHandler", "System.Device.Spi.SpiDevice", "System.Device.Spi.SpiConnectionSettings",
                "System.Device.Spi.SpiMode",
            ]),
        new("Iot.Device.Bindings", ["Led"],
            ["Iot.Device.Ws28xx.Ws28xx", "Iot.Device.Ws28xx.Ws2812b", "Iot.Device.Ws28xx.RawPixelContainer", "Iot.Device.Apa102.Apa102"]),
        new("Alsa.Net", ["Sound"], ["Alsa.Net.AlsaDeviceBuilder", "Alsa.Net.ISoundDevice", "Alsa.Net.SoundDeviceSettings"]),
        new("Microsoft.Extensions.Hosting.Systemd", ["Systemd"],
            [
                "Microsoft.Extensions.Hosting.Systemd.ISystemdNotifier", "Microsoft.Extensions.Hosting.Systemd.ServiceState",
                "Microsoft.Extensions.Hosting.SystemdHostBuilderExtensions",
            ]),
    ];
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Device;
using EdgeVoice.Linux.Systemd;
using EdgeVoice.Service;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Tests.Service;

/// <summary>Which backend the program takes for each key, and what it says where one was not built in.</summary>
public sealed class BackendChoiceTests
{
    private static readonly EdgeVoiceOptions Packages = new()
    {
        Audio = new() { Backend = AudioBackend.AlsaNet, Capture = new() { Device = "plughw:7", Channel = 1, Rate = 48_000 } },
        Button = new() { Backend = PinBackend.Iot, Line = new(23), Pull = ButtonPull.Down, MuteSwitch = new() { Line = new(22) } },
        Led = new() { Backend = PinBackend.Iot },
    };

    [Fact]
    public void Create_BackendsNotBuiltIn_TellsEachInOneLineAndGoesOn()
    {
        using var ports = new ConfiguredPorts(new LiveOptions(Packages), null, null, TimeProvider.System, NullLoggerFactory.Instance);
        var made = ports.Create();
        Assert.Equal(
            [
                "audio.backend is \"alsa-net\", which this build has not: build with -p:IotPackages=true or set it to \"alsa\"",
                "led.backend is \"iot\", which this build has not: build with -p:IotPackages=true or set it to \"kernel\"",
                "button: button.backend is \"iot\", which this build has not: build with -p:IotPackages=true or set it to \"kernel\"",
                "mute switch: button.backend is \"iot\", which this build has not: build with -p:IotPackages=true or set it to \"kernel\"",
            ],
            ports.Missing);
        Assert.Single(made.Buttons);
        Assert.Null(made.MuteSwitch);
        Assert.Null(made.Ring);
        Assert.Contains("alsa-net", Assert.Throws<AudioDeviceException>(() => made.OpenSource()).Message, StringComparison.Ordinal);
        Assert.Contains("alsa-net", Assert.Throws<AudioDeviceException>(() => made.OpenSink()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_BackendsBuiltIn_AsksThemForEveryPort()
    {
        var iot = new FakeBackends();
        using (var ports = new ConfiguredPorts(new LiveOptions(Packages), null, iot, TimeProvider.System, NullLoggerFactory.Instance))
        {
            var made = ports.Create();
            Assert.Equal(["button line 23: no such line"], ports.Missing);
            Assert.Same(iot.Ports, made.Ring);
            Assert.Equal([iot.Ports], made.Buttons.Skip(1));
            Assert.Same(iot.Ports, made.MuteSwitch);
            Assert.Throws<AudioDeviceException>(() => made.OpenSource());
            Assert.Throws<AudioDeviceException>(() => made.OpenSink());
        }

        Assert.Equal(
            ["button 23 Down False", "mute switch 22 Up True", "ring /dev/spidev0.0", "source plughw:7 48000 2", "sink default 24000"], iot.Asked);
    }

    [Fact]
    public void Create_KernelBackends_AsksThePackagesForNothing()
    {
        var iot = new FakeBackends();
        using var ports = new ConfiguredPorts(
            new LiveOptions(new() { Button = new() { Device = "none" }, Led = new() { Device = "none" } }), null, iot, TimeProvider.System, NullLoggerFactory.Instance);
        ports.Create();
        Assert.Empty(iot.Asked);
    }

    [Fact]
    public void Supervisor_NotBuiltIn_IsOursAndSaysSo()
    {
        var hosting = new ServiceOptions { Backend = ServiceBackend.Hosting };
        using var ours = Assert.IsType<SystemdSupervisor>(ConfiguredSupervisor.Create(hosting, null, out var problem));
        Assert.Equal("service.backend is \"hosting\", which this build has not: build with -p:IotPackages=true or set it to \"systemd\"", problem);
    }

    [Fact]
    public void Supervisor_ByKey_IsThePackagesOrOurs()
    {
        var iot = new FakeBackends();
        Assert.Same(iot.Ports, ConfiguredSupervisor.Create(new ServiceOptions { Backend = ServiceBackend.Hosting }, iot, out var problem));
        Assert.Null(problem);
        using var ours = Assert.IsType<SystemdSupervisor>(ConfiguredSupervisor.Create(new ServiceOptions(), iot, out problem));
        Assert.Null(problem);
    }

    private sealed class FakeBackends : IIotBackends
    {
        public List<string> Asked { get; } = [];

        public FakePorts Ports { get; } = new();

        public (IButtonPin Pin, Func<string?> Problem) Line(
            int number, ButtonPull pull, string use, bool keepsLevel, TimeProvider time, ILoggerFactory logs)
        {
            Asked.Add($"{use} {number} {pull} {keepsLevel}");
            return (Ports, () => number == 23 ? "button line 23: no such line" : null);
        }

        public IPixelRing Ring(LedOptions options)
        {
            Asked.Add($"ring {options.Device}");
            return Ports;
        }

        public IAudioSource OpenSource(string pcm, int rate, int channels, TimeProvider time)
        {
            Asked.Add($"source {pcm} {rate} {channels}");
            throw new AudioDeviceException("none here");
        }

        public IAudioSink OpenSink(string pcm, int rate, TimeProvider time)
        {
            Asked.Add($"sink {pcm} {rate}");
            throw new AudioDeviceException("none here");
        }

        public IServiceSupervisor Supervisor() => Ports;
    }

    private sealed class FakePorts : IButtonPin, IPixelRing, IServiceSupervisor
    {
        public bool IsDown => false;

        public int PixelCount => 12;

        public void Run(Action<ButtonEdge> onEdge, CancellationToken stop) => stop.WaitHandle.WaitOne();

        public void Ready()
        {
        }

        public void Status(string text)
        {
        }

        public void Stopping()
        {
        }

        public void Show(ReadOnlySpan<Rgb> pixels)
        {
        }

        public void Dispose()
        {
        }
    }
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Iot.Gpio;
using EdgeVoice.Iot.Led;
using EdgeVoice.Iot.Sound;
using EdgeVoice.Iot.Systemd;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <content>The backends of EdgeVoice.Iot: compiled with <c>-p:IotPackages=true</c> alone.</content>
internal static partial class Backends
{
    static partial void AddIot(ref IIotBackends? found) => found = new IotBackends();

    private sealed class IotBackends : IIotBackends
    {
        // Most boards' bare cards have no other count; ALSA's conversion takes any.
        private const int Stereo = 2;

        public (IButtonPin Pin, Func<string?> Problem) Line(
            int number, ButtonPull pull, string use, bool keepsLevel, TimeProvider time, ILoggerFactory logs)
        {
            var pin = new IotButtonPin(new IotLine(number, pull), use, keepsLevel, time, logs.CreateLogger<IotButtonPin>());
            return (pin, () => pin.Problem);
        }

        public IPixelRing Ring(LedOptions options) => options.Type == LedType.Apa102
            ? new IotApa102Ring(options.Device, options.Pixels, ChannelOrder.Parse(options.Order ?? "BGR"))
            : new IotWs2812Ring(options.Device, options.Pixels, ChannelOrder.Parse(options.Order ?? "GRB"));

        public IAudioSource OpenSource(string pcm, int rate, int channels, TimeProvider time) =>
            AlsaNetSource.Open(new AlsaNetSettings(pcm, rate, channels), time);

        public IAudioSink OpenSink(string pcm, int rate, TimeProvider time) =>
            AlsaNetSink.Open(new AlsaNetSettings(pcm, rate, Stereo), time);

        public IServiceSupervisor Supervisor() => new HostingSystemdSupervisor();
    }
}

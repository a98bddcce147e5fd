using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Service;

/// <summary>What the backends <c>iot</c>, <c>alsa-net</c> and <c>hosting</c> make, in a build that has them.</summary>
/// <remarks>Any thread.</remarks>
internal interface IIotBackends
{
    /// <summary>A button or a switch on a line of the board, and why there is none, asked at any moment: null while there is one.</summary>
    (IButtonPin Pin, Func<string?> Problem) Line(int number, ButtonPull pull, string use, bool keepsLevel, TimeProvider time, ILoggerFactory logs);

    /// <summary>A ring of <c>ws2812</c> or <c>apa102</c> pixels, as validated; its device is opened at the first picture.</summary>
    IPixelRing Ring(LedOptions options);

    /// <summary>Opens a microphone by the name of an ALSA PCM.</summary>
    /// <exception cref="AudioDeviceException">It cannot be had.</exception>
    IAudioSource OpenSource(string pcm, int rate, int channels, TimeProvider time);

    /// <summary>Opens a loudspeaker by the name of an ALSA PCM.</summary>
    /// <exception cref="AudioDeviceException">It cannot be had.</exception>
    IAudioSink OpenSink(string pcm, int rate, TimeProvider time);

    /// <summary>What tells systemd; the caller disposes it where it can be.</summary>
    IServiceSupervisor Supervisor();
}

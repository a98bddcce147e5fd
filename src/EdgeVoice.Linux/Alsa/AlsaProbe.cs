using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;
using Native = EdgeVoice.Linux.Interop.AlsaNative;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Opens a device, asks what it offers and closes it again; nothing is played and nothing recorded.</summary>
/// <remarks>Any thread. A plug-in over a sound server that hangs may block: give it a thread that can be left behind.</remarks>
public static class AlsaProbe
{
    private static readonly int[] Rates = [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000];

    /// <summary>For a PCM name or words that <see cref="AlsaDevices.Resolve"/> knows.</summary>
    public static SoundOffer Of(string device, bool capture, TimeProvider time)
    {
        try
        {
            var name = AlsaDevices.Resolve(device, capture);
            var (channels, rates) = Ask(device, name, capture);
            if (capture) return new SoundOffer(channels, rates, null, null);
            using var sink = AlsaAudioSink.Open(new AlsaStreamSettings(device, 48_000), time);
            return new SoundOffer(channels, rates, sink.StopMethod, null);
        }
        catch (AudioDeviceException e)
        {
            return new SoundOffer([], [], null, e.Message);
        }
    }

    private static (int[] Channels, int[] Rates) Ask(string device, string name, bool capture)
    {
        AlsaLibrary.Prepare();
        PcmSafeHandle? pcm = null;
        try
        {
            AlsaException.Check(Native.PcmOpen(out pcm, name, capture ? Native.Capture : Native.Playback, Native.NonBlocking), "snd_pcm_open");
            var hw = GC.AllocateArray<byte>((int)Native.HwSize(), pinned: true);
            AlsaException.Check(Native.HwAny(pcm, ref hw[0]), "snd_pcm_hw_params_any");
            // Its own rates, not those that ALSA would make of them.
            AlsaException.Check(Native.HwSetResample(pcm, ref hw[0], 0), "snd_pcm_hw_params_set_rate_resample");
            var open = pcm;
            return (
                [.. Enumerable.Range(1, AlsaPcm.MostChannels).Where(count => Native.HwTestChannels(open, ref hw[0], (uint)count) == 0)],
                [.. Rates.Where(rate => Native.HwTestRate(open, ref hw[0], (uint)rate, 0) == 0)]);
        }
        catch (AlsaException e)
        {
            throw OpenFailure.Of(device, name, capture, e);
        }
        finally
        {
            pcm?.Dispose();
        }
    }
}

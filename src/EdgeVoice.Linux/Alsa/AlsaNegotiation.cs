using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;
using static EdgeVoice.Linux.Interop.AlsaException;
using Native = EdgeVoice.Linux.Interop.AlsaNative;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Agrees with a device on rate, channels, layout, period and buffer, and reads back what it really grants.</summary>
/// <remarks>Used once, when a stream is opened, by the opening thread.</remarks>
internal sealed class AlsaNegotiation(PcmSafeHandle pcm, AlsaStreamSettings wanted, int defaultPeriods)
{
    // After the wanted rate: what converters are built for, then what little ones have.
    private static readonly int[] Rates = [48_000, 44_100, 32_000, 96_000, 88_200, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000];
    private readonly byte[] _hw = GC.AllocateArray<byte>((int)Native.HwSize(), pinned: true);

    /// <summary>What was granted.</summary>
    public AudioStreamFormat Format { get; private set; }

    /// <summary>The granted layout.</summary>
    public SampleFormat Layout { get; private set; }

    /// <summary>The card's position moves in steps of a period.</summary>
    public bool IsBatch { get; private set; }

    /// <summary>Installs the hardware parameters.</summary>
    /// <exception cref="AlsaException">The device refuses, or is gone.</exception>
    public void Install()
    {
        // ALSA's own resampler is a poor one: without it a device shows the rates it really has, and ours does the rest.
        if (!TryRates(resample: 0) && !TryRates(resample: 1)) throw new AlsaException("snd_pcm_hw_params_set_rate_near", Errno.Invalid);
        Check(Native.HwInstall(pcm, ref _hw[0]), "snd_pcm_hw_params");
        Check(Native.HwRate(ref _hw[0], out var rate, out _), "snd_pcm_hw_params_get_rate");
        Check(Native.HwChannels(ref _hw[0], out var channels), "snd_pcm_hw_params_get_channels");
        Check(Native.HwPeriod(ref _hw[0], out var period, out _), "snd_pcm_hw_params_get_period_size");
        Check(Native.HwBuffer(ref _hw[0], out var buffer), "snd_pcm_hw_params_get_buffer_size");
        Format = new AudioStreamFormat((int)rate, (int)channels, (int)period, (int)buffer);
        IsBatch = Native.HwIsBatch(ref _hw[0]) != 0;
    }

    private bool TryRates(uint resample)
    {
        Check(Native.HwAny(pcm, ref _hw[0]), "snd_pcm_hw_params_any");
        Check(Native.HwSetResample(pcm, ref _hw[0], resample), "snd_pcm_hw_params_set_rate_resample");
        Check(Native.HwSetAccess(pcm, ref _hw[0], Native.Interleaved), "snd_pcm_hw_params_set_access");
        Layout = ChooseLayout();
        Check(Native.HwSetFormat(pcm, ref _hw[0], CardFormat.Number(Layout)), "snd_pcm_hw_params_set_format");
        Check(Native.HwSetChannels(pcm, ref _hw[0], ChooseChannels()), "snd_pcm_hw_params_set_channels");
        var rate = ChooseRate();
        var direction = 0;
        if (Native.HwSetRateNear(pcm, ref _hw[0], ref rate, ref direction) < 0) return false;
        var period = (nuint)(rate * wanted.PeriodMs / 1000);
        var buffer = period * (nuint)(wanted.Periods ?? defaultPeriods);
        Check(Native.HwSetPeriodNear(pcm, ref _hw[0], ref period, ref direction), "snd_pcm_hw_params_set_period_size_near");
        Check(Native.HwSetBufferNear(pcm, ref _hw[0], ref buffer), "snd_pcm_hw_params_set_buffer_size_near");
        return true;
    }

    private SampleFormat ChooseLayout()
    {
        if (wanted.Format is { } first && Native.HwTestFormat(pcm, ref _hw[0], CardFormat.Number(first)) == 0) return first;
        foreach (var format in CardFormat.All)
            if (Native.HwTestFormat(pcm, ref _hw[0], CardFormat.Number(format)) == 0) return format;
        throw new AlsaException("snd_pcm_hw_params_set_format", Errno.Invalid);
    }

    // As many as wanted, else the next that are more, else the most of those that are fewer.
    private uint ChooseChannels()
    {
        var most = (uint)Math.Clamp(wanted.Channels, 1, AlsaPcm.MostChannels);
        for (var count = most; count <= AlsaPcm.MostChannels; count++)
            if (Native.HwTestChannels(pcm, ref _hw[0], count) == 0) return count;
        for (var count = most - 1; count > 0; count--)
            if (Native.HwTestChannels(pcm, ref _hw[0], count) == 0) return count;
        throw new AlsaException("snd_pcm_hw_params_set_channels", Errno.Invalid);
    }

    private uint ChooseRate()
    {
        if (Native.HwTestRate(pcm, ref _hw[0], (uint)wanted.Rate, 0) == 0) return (uint)wanted.Rate;
        foreach (var rate in Rates)
            if (Native.HwTestRate(pcm, ref _hw[0], (uint)rate, 0) == 0) return (uint)rate;
        return (uint)wanted.Rate;
    }
}

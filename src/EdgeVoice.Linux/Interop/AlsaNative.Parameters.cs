using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <content>Hardware and software parameters; their structures lie in pinned arrays, as with the library's own alloca.</content>
internal static partial class AlsaNative
{
    /// <summary>SND_PCM_ACCESS_RW_INTERLEAVED.</summary>
    public const int Interleaved = 3;

    /// <summary>SND_PCM_TSTAMP_ENABLE.</summary>
    public const int TimeStamps = 1;

    /// <summary>SND_PCM_TSTAMP_TYPE_MONOTONIC.</summary>
    public const int Monotonic = 1;

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_sizeof")]
    public static partial nuint HwSize();

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_any")]
    public static partial int HwAny(PcmSafeHandle pcm, ref byte hw);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params")]
    public static partial int HwInstall(PcmSafeHandle pcm, ref byte hw);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_rate_resample")]
    public static partial int HwSetResample(PcmSafeHandle pcm, ref byte hw, uint on);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_access")]
    public static partial int HwSetAccess(PcmSafeHandle pcm, ref byte hw, int access);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_test_format")]
    public static partial int HwTestFormat(PcmSafeHandle pcm, ref byte hw, int format);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_format")]
    public static partial int HwSetFormat(PcmSafeHandle pcm, ref byte hw, int format);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_test_channels")]
    public static partial int HwTestChannels(PcmSafeHandle pcm, ref byte hw, uint channels);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_channels")]
    public static partial int HwSetChannels(PcmSafeHandle pcm, ref byte hw, uint channels);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_test_rate")]
    public static partial int HwTestRate(PcmSafeHandle pcm, ref byte hw, uint rate, int direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_rate_near")]
    public static partial int HwSetRateNear(PcmSafeHandle pcm, ref byte hw, ref uint rate, ref int direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_period_size_near")]
    public static partial int HwSetPeriodNear(PcmSafeHandle pcm, ref byte hw, ref nuint frames, ref int direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_set_buffer_size_near")]
    public static partial int HwSetBufferNear(PcmSafeHandle pcm, ref byte hw, ref nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_rate")]
    public static partial int HwRate(ref byte hw, out uint rate, out int direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_channels")]
    public static partial int HwChannels(ref byte hw, out uint channels);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_period_size")]
    public static partial int HwPeriod(ref byte hw, out nuint frames, out int direction);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_get_buffer_size")]
    public static partial int HwBuffer(ref byte hw, out nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_hw_params_is_batch")]
    public static partial int HwIsBatch(ref byte hw);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_sizeof")]
    public static partial nuint SwSize();

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_current")]
    public static partial int SwCurrent(PcmSafeHandle pcm, ref byte sw);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params")]
    public static partial int SwInstall(PcmSafeHandle pcm, ref byte sw);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_start_threshold")]
    public static partial int SwSetStart(PcmSafeHandle pcm, ref byte sw, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_stop_threshold")]
    public static partial int SwSetStop(PcmSafeHandle pcm, ref byte sw, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_get_boundary")]
    public static partial int SwBoundary(ref byte sw, out nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_silence_threshold")]
    public static partial int SwSetSilenceThreshold(PcmSafeHandle pcm, ref byte sw, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_silence_size")]
    public static partial int SwSetSilence(PcmSafeHandle pcm, ref byte sw, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_avail_min")]
    public static partial int SwSetAvailMin(PcmSafeHandle pcm, ref byte sw, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_tstamp_mode")]
    public static partial int SwSetTimeStamps(PcmSafeHandle pcm, ref byte sw, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_sw_params_set_tstamp_type")]
    public static partial int SwSetClock(PcmSafeHandle pcm, ref byte sw, int type);
}

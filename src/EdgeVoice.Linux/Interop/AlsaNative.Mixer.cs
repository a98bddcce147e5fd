using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <content>Simple mixer elements. Volumes are longs of the machine; decibels come in hundredths.</content>
internal static partial class AlsaNative
{
    [LibraryImport(Library, EntryPoint = "snd_mixer_open")]
    public static partial int MixerOpen(out MixerSafeHandle mixer, int mode);

    [LibraryImport(Library, EntryPoint = "snd_mixer_close")]
    public static partial int MixerClose(nint mixer);

    [LibraryImport(Library, EntryPoint = "snd_mixer_attach", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MixerAttach(MixerSafeHandle mixer, string name);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_register")]
    public static partial int MixerRegister(MixerSafeHandle mixer, nint options, nint classes);

    [LibraryImport(Library, EntryPoint = "snd_mixer_load")]
    public static partial int MixerLoad(MixerSafeHandle mixer);

    [LibraryImport(Library, EntryPoint = "snd_mixer_first_elem")]
    public static partial nint MixerFirst(MixerSafeHandle mixer);

    [LibraryImport(Library, EntryPoint = "snd_mixer_elem_next")]
    public static partial nint MixerNext(nint element);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_is_active")]
    public static partial int ElementIsActive(nint element);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_get_name")]
    private static partial nint ElementNamePointer(nint element);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_has_playback_volume")]
    public static partial int HasPlaybackVolume(nint element);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_get_playback_volume_range")]
    public static partial int PlaybackRange(nint element, out nint least, out nint most);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_get_playback_dB_range")]
    public static partial int PlaybackDbRange(nint element, out nint least, out nint most);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_set_playback_volume_all")]
    public static partial int SetPlayback(nint element, nint value);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_set_playback_dB_all")]
    public static partial int SetPlaybackDb(nint element, nint value, int direction);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_has_playback_switch")]
    public static partial int HasPlaybackSwitch(nint element);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_set_playback_switch_all")]
    public static partial int SetPlaybackSwitch(nint element, int on);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_has_capture_volume")]
    public static partial int HasCaptureVolume(nint element);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_get_capture_volume_range")]
    public static partial int CaptureRange(nint element, out nint least, out nint most);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_get_capture_dB_range")]
    public static partial int CaptureDbRange(nint element, out nint least, out nint most);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_set_capture_volume_all")]
    public static partial int SetCapture(nint element, nint value);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_set_capture_dB_all")]
    public static partial int SetCaptureDb(nint element, nint value, int direction);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_has_capture_switch")]
    public static partial int HasCaptureSwitch(nint element);

    [LibraryImport(Library, EntryPoint = "snd_mixer_selem_set_capture_switch_all")]
    public static partial int SetCaptureSwitch(nint element, int on);

    /// <summary>The element's name, such as PCM or Mic.</summary>
    public static string ElementName(nint element) => Marshal.PtrToStringUTF8(ElementNamePointer(element)) ?? "";
}

using System.Runtime.InteropServices;

namespace EdgeVoice.Linux.Interop;

/// <summary>PCM streams of libasound: opening, moving frames, waiting. Nothing here allocates but opening and dumping.</summary>
internal static partial class AlsaNative
{
    /// <summary>SND_PCM_STREAM_PLAYBACK.</summary>
    public const int Playback = 0;

    /// <summary>SND_PCM_STREAM_CAPTURE.</summary>
    public const int Capture = 1;

    /// <summary>SND_PCM_NONBLOCK.</summary>
    public const int NonBlocking = 1;

    private const string Library = "libasound.so.2";

    [LibraryImport(Library, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int PcmOpen(out PcmSafeHandle pcm, string name, int stream, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_close")]
    public static partial int PcmClose(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_state")]
    public static partial PcmState PcmGetState(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_prepare")]
    public static partial int PcmPrepare(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_start")]
    public static partial int PcmStart(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_drop")]
    public static partial int PcmDrop(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_resume")]
    public static partial int PcmResume(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_avail_update")]
    public static partial nint PcmAvailUpdate(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_rewindable")]
    public static partial nint PcmRewindable(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_rewind")]
    public static partial nint PcmRewind(PcmSafeHandle pcm, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_readi")]
    public static partial nint PcmReadInterleaved(PcmSafeHandle pcm, ref byte buffer, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_writei")]
    public static partial nint PcmWriteInterleaved(PcmSafeHandle pcm, ref byte buffer, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_poll_descriptors_count")]
    public static partial int PcmPollCount(PcmSafeHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_poll_descriptors")]
    public static partial int PcmPollFiles(PcmSafeHandle pcm, ref PollFile files, uint space);

    [LibraryImport(Library, EntryPoint = "snd_pcm_poll_descriptors_revents")]
    public static partial int PcmPollHappened(PcmSafeHandle pcm, ref PollFile files, uint count, out ushort happened);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_sizeof")]
    public static partial nuint PcmStatusSize();

    [LibraryImport(Library, EntryPoint = "snd_pcm_status")]
    public static partial int PcmStatus(PcmSafeHandle pcm, ref byte status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_get_state")]
    public static partial PcmState PcmStatusState(ref byte status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_get_avail")]
    public static partial nuint PcmStatusAvail(ref byte status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_get_delay")]
    public static partial nint PcmStatusDelay(ref byte status);

    [LibraryImport(Library, EntryPoint = "snd_pcm_status_get_htstamp")]
    public static partial void PcmStatusTime(ref byte status, out TimeSpec time);

    [LibraryImport(Library, EntryPoint = "snd_pcm_dump")]
    public static partial int PcmDump(PcmSafeHandle pcm, nint output);

    [LibraryImport(Library, EntryPoint = "snd_output_buffer_open")]
    public static partial int OutputBufferOpen(out nint output);

    [LibraryImport(Library, EntryPoint = "snd_output_buffer_string")]
    public static partial nuint OutputBufferString(nint output, out nint text);

    [LibraryImport(Library, EntryPoint = "snd_output_close")]
    public static partial int OutputClose(nint output);

    [LibraryImport(Library, EntryPoint = "snd_strerror")]
    private static partial nint StrError(int error);

    [LibraryImport(Library, EntryPoint = "snd_lib_error_set_handler")]
    private static partial int SetErrorHandler(nint handler);

    [LibraryImport(Library, EntryPoint = "snd_device_name_hint", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DeviceHints(int card, string kind, out nint hints);

    [LibraryImport(Library, EntryPoint = "snd_device_name_get_hint", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint DeviceHint(nint hint, string id);

    [LibraryImport(Library, EntryPoint = "snd_device_name_free_hint")]
    public static partial int FreeHints(nint hints);

    [LibraryImport("libc.so.6", EntryPoint = "free")]
    public static partial void Free(nint memory);

    /// <summary>libasound's words for an error.</summary>
    public static string ErrorText(int error) => Marshal.PtrToStringUTF8(StrError(error)) ?? "unknown";

    /// <summary>
    /// Stops libasound from writing to standard error. Its handler takes any number of arguments, so no managed method can be
    /// one on every processor: a function of libc does that ignores its arguments and changes nothing.
    /// </summary>
    /// <exception cref="DllNotFoundException">libasound is missing.</exception>
    public static void Silence() => _ = SetErrorHandler(NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "getpid"));
}

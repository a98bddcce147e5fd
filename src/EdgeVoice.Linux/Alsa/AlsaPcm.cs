using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Linux.Interop;
using static EdgeVoice.Linux.Interop.AlsaException;
using Native = EdgeVoice.Linux.Interop.AlsaNative;

namespace EdgeVoice.Linux.Alsa;

/// <summary>An open PCM stream: what both directions share. Opening, waiting, status, and coming back from faults.</summary>
/// <remarks>
/// One thread uses it; <see cref="Wake"/> is for any thread. Frames move without blocking, the only waiting is poll(2) over the
/// PCM's descriptors and an eventfd, and nothing allocates once it is open.
/// </remarks>
internal sealed partial class AlsaPcm : IDisposable
{
    /// <summary>Most samples a frame.</summary>
    public const int MostChannels = 8;

    private readonly PcmSafeHandle _pcm;
    private readonly TimeProvider _time;
    private readonly WakeFile _wake = new();
    private readonly byte[] _status = GC.AllocateArray<byte>((int)Native.PcmStatusSize(), pinned: true);
    private readonly byte[] _sw = GC.AllocateArray<byte>((int)Native.SwSize(), pinned: true);
    private readonly byte[] _bytes;
    private readonly PollFile[] _files;
    private readonly int _frameBytes;
    private nuint _boundary;

    private AlsaPcm(PcmSafeHandle pcm, AlsaNegotiation granted, bool capture, TimeProvider time)
    {
        _pcm = pcm;
        _time = time;
        Format = granted.Format;
        Layout = granted.Layout;
        IsBatch = granted.IsBatch;
        _frameBytes = PcmConvert.SizeOf(Layout) * Format.Channels;
        _bytes = GC.AllocateArray<byte>(Format.BufferFrames * _frameBytes, pinned: true);
        _files = GC.AllocateArray<PollFile>(1 + Check(Native.PcmPollCount(pcm), "snd_pcm_poll_descriptors_count"), pinned: true);
        WakeFrames = Format.PeriodFrames;
        SetSoftware(capture);
        FillPollFiles();
    }

    public AudioStreamFormat Format { get; }

    public SampleFormat Layout { get; }

    public bool IsBatch { get; }

    /// <summary>The device is gone; nothing is asked of it any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Frames that must be there, or free, before a wait ends.</summary>
    public int WakeFrames { get; private set; }

    public PcmState State => Native.PcmGetState(_pcm);

    /// <summary>Opens and configures a device.</summary>
    /// <exception cref="AudioDeviceException">It is absent, busy or refuses; the message says what to do.</exception>
    public static AlsaPcm Open(AlsaStreamSettings settings, bool capture, TimeProvider time)
    {
        CheckSettings(settings);
        AlsaLibrary.PrepareStreams();
        var name = AlsaDevices.Resolve(settings.Device, capture);
        PcmSafeHandle? pcm = null;
        try
        {
            var error = Native.PcmOpen(out pcm, name, capture ? Native.Capture : Native.Playback, Native.NonBlocking);
            Check(error, "snd_pcm_open");
            var granted = new AlsaNegotiation(pcm, settings, capture ? 16 : 3);
            granted.Install();
            return new AlsaPcm(pcm, granted, capture, time);
        }
        catch (AlsaException e)
        {
            pcm?.Dispose();
            throw OpenFailure.Of(settings.Device, name, capture, e);
        }
    }

    /// <summary>Ends a running or the next wait.</summary>
    public void Wake() => _wake.Set();

    /// <summary>Sets how many frames end a wait, on a running stream too; true when the device took it.</summary>
    public bool SetWakeFrames(int frames)
    {
        frames = Math.Clamp(frames, 1, Math.Max(1, Format.BufferFrames / 2));
        if (frames == WakeFrames || IsLost) return frames == WakeFrames;
        if (Native.SwSetAvailMin(_pcm, ref _sw[0], (nuint)frames) < 0 || Native.SwInstall(_pcm, ref _sw[0]) < 0) return false;
        WakeFrames = frames;
        return true;
    }

    /// <summary>From now on so many frames written start the stream; behind the card's position it leaves silence if told to.</summary>
    /// <exception cref="AlsaException">The device is gone.</exception>
    public void SetStart(int frames, bool silenceBehind)
    {
        Check(Native.SwSetStart(_pcm, ref _sw[0], (nuint)frames), "snd_pcm_sw_params_set_start_threshold");
        if (silenceBehind)
        {
            Check(Native.SwSetSilenceThreshold(_pcm, ref _sw[0], 0), "snd_pcm_sw_params_set_silence_threshold");
            Check(Native.SwSetSilence(_pcm, ref _sw[0], _boundary), "snd_pcm_sw_params_set_silence_size");
        }

        Check(Native.SwInstall(_pcm, ref _sw[0]), "snd_pcm_sw_params");
    }

    /// <summary>libasound's description of the stream and everything it is made of.</summary>
    public string Dump()
    {
        if (Native.OutputBufferOpen(out var output) < 0) return "";
        _ = Native.PcmDump(_pcm, output);
        var length = (int)Native.OutputBufferString(output, out var text);
        var dump = System.Runtime.InteropServices.Marshal.PtrToStringUTF8(text, length);
        _ = Native.OutputClose(output);
        return dump;
    }

    public void Dispose()
    {
        _pcm.Dispose();
        _wake.Dispose();
    }

    private static void CheckSettings(AlsaStreamSettings settings)
    {
        if (settings.Rate is < 8_000 or > 96_000 || settings.Channels is < 1 or > MostChannels || settings.PeriodMs is < 1 or > 100 || settings.Periods < 2)
            throw new ArgumentOutOfRangeException(nameof(settings), settings, "8,000 to 96,000 Hz, 1 to 8 channels, 1 to 100 ms, 2 periods or more");
    }

    private void SetSoftware(bool capture)
    {
        Check(Native.SwCurrent(_pcm, ref _sw[0]), "snd_pcm_sw_params_current");
        // A microphone is started by hand, a loudspeaker by what is written once SetStart has been called.
        Check(Native.SwBoundary(ref _sw[0], out _boundary), "snd_pcm_sw_params_get_boundary");
        Check(Native.SwSetStart(_pcm, ref _sw[0], capture ? 1 : _boundary), "snd_pcm_sw_params_set_start_threshold");
        Check(Native.SwSetStop(_pcm, ref _sw[0], (nuint)Format.BufferFrames), "snd_pcm_sw_params_set_stop_threshold");
        Check(Native.SwSetAvailMin(_pcm, ref _sw[0], (nuint)WakeFrames), "snd_pcm_sw_params_set_avail_min");
        Check(Native.SwSetTimeStamps(_pcm, ref _sw[0], Native.TimeStamps), "snd_pcm_sw_params_set_tstamp_mode");
        // What cannot choose the clock stamps by its own; a stamp far from now is not believed.
        _ = Native.SwSetClock(_pcm, ref _sw[0], Native.Monotonic);
        Check(Native.SwInstall(_pcm, ref _sw[0]), "snd_pcm_sw_params");
    }

    private void FillPollFiles()
    {
        _files[0] = new PollFile { File = _wake.Descriptor, Events = PollFile.In };
        _ = Native.PcmPollFiles(_pcm, ref _files[1], (uint)(_files.Length - 1));
    }

    private long NowNs() => _time.NowNs();
}

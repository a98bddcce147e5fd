namespace EdgeVoice.Core.Devices;

/// <summary>What a sound device really granted; never what was asked for.</summary>
/// <param name="Rate">Frames a second.</param>
/// <param name="Channels">Samples a frame, 1 to 8.</param>
/// <param name="PeriodFrames">Frames between two wake-ups.</param>
/// <param name="BufferFrames">Frames the device holds at most.</param>
public readonly record struct AudioStreamFormat(int Rate, int Channels, int PeriodFrames, int BufferFrames);

/// <summary>Why a wait on a sound device returned.</summary>
public enum AudioWait
{
    /// <summary>A period can be read or written.</summary>
    Ready,

    /// <summary>Someone called <c>Wake</c>.</summary>
    Woken,

    /// <summary>The deadline passed.</summary>
    TimedOut,

    /// <summary>Frames were lost or silence went out; the device has been restarted and goes on.</summary>
    Xrun,

    /// <summary>The device is gone; dispose it and open it anew.</summary>
    Lost,
}

/// <summary>State of a sink, taken at one moment.</summary>
/// <param name="Written">Absolute frames accepted so far less those dropped unheard.</param>
/// <param name="Delay">Frames of those that have not left the device yet; heard = written - delay.</param>
/// <param name="TimeNs">Monotonic time in nanoseconds at which this was true.</param>
public readonly record struct AudioSinkStatus(long Written, long Delay, long TimeNs);

/// <summary>A microphone. Opened by its factory with the device already configured, not yet running.</summary>
/// <remarks>
/// One thread (<c>ev-capture</c>) calls everything but <see cref="Wake"/>, which any thread may call. No call blocks longer
/// than its deadline; nothing allocates after the first call.
/// </remarks>
public interface IAudioSource : IDisposable
{
    /// <summary>What was granted.</summary>
    AudioStreamFormat Format { get; }

    /// <summary>Starts the stream.</summary>
    /// <exception cref="AudioDeviceException">The device refused or is gone.</exception>
    void Start();

    /// <summary>Waits for a period, a wake-up or the deadline (milliseconds).</summary>
    AudioWait Wait(int timeoutMs);

    /// <summary>
    /// Reads interleaved frames in [-1, 1), as many as are there and fit. Returns the number of frames;
    /// <paramref name="frame"/> is the absolute card frame of the first and <paramref name="timeNs"/> its monotonic time.
    /// </summary>
    int Read(Span<float> interleaved, out long frame, out long timeNs);

    /// <summary>
    /// Frames that must be there before <see cref="Wait"/> returns <see cref="AudioWait.Ready"/>; the granted period by default.
    /// Cheap and allocation-free; called by the thread that waits.
    /// </summary>
    void SetWakePeriod(int frames);

    /// <summary>Makes a running or the next <see cref="Wait"/> return <see cref="AudioWait.Woken"/>.</summary>
    void Wake();
}

/// <summary>A loudspeaker. Opened by its factory with the device already configured; the first write starts it.</summary>
/// <remarks>
/// One thread (<c>ev-playback</c>) calls everything but <see cref="Wake"/>, which any thread may call. No call blocks longer
/// than its deadline; nothing allocates after the first call.
/// </remarks>
public interface IAudioSink : IDisposable
{
    /// <summary>What was granted.</summary>
    AudioStreamFormat Format { get; }

    /// <summary>Waits until a period can be written, a wake-up or the deadline (milliseconds).</summary>
    AudioWait Wait(int timeoutMs);

    /// <summary>While nothing plays: waits for a wake-up or the deadline (milliseconds) alone, never for room.</summary>
    AudioWait Idle(int timeoutMs);

    /// <summary>Frames that can be written now.</summary>
    int Writable { get; }

    /// <summary>Writes interleaved frames in [-1, 1); returns the number of frames taken, which may be fewer than offered.</summary>
    int Write(ReadOnlySpan<float> interleaved);

    /// <summary>Reads the card's own position.</summary>
    AudioSinkStatus Status();

    /// <summary>How <see cref="Drop"/> stops: "rewind" with a ramp, or "drop" where the device cannot.</summary>
    string StopMethod => "drop";

    /// <summary>
    /// Stops at once and discards what has not been heard. Read <see cref="Status"/> first: after a drop the delay is zero.
    /// <paramref name="keep"/>: how many frames beyond those heard may still sound (a ramp against clicks); returns the
    /// absolute frame at which sound ends. The next write starts the device again.
    /// </summary>
    long Drop(int keep = 0);

    /// <summary>Makes a running or the next <see cref="Wait"/> return <see cref="AudioWait.Woken"/>.</summary>
    void Wake();
}

/// <summary>A sound device that is absent, busy, refused what it must grant, or went away; the message says what to do.</summary>
public sealed class AudioDeviceException(string message, Exception? inner = null) : IOException(message, inner);

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Simulator.Devices;

/// <summary>
/// A microphone that hears what is written into a named pipe as WAV: <c>wav:PATH</c> where PATH is a FIFO. Mono at 24,000 Hz,
/// whatever the pipe's own rate and channels; the length in the header is ignored.
/// </summary>
/// <remarks>
/// <para>The contract of <see cref="SimulatedSource"/>. The pipe sets the pace, but never faster than real time (a writer that
/// is ahead is held back), and nothing is lost when the reader is late. A writer that pauses is waited for
/// <see cref="PatienceMs"/>; after that, and while nobody writes, there is silence in real time.</para>
/// <para>A thread of its own reads the pipe (<c>ev-pipe</c>); it is joined when the source is disposed, which closes the
/// pipe.</para>
/// </remarks>
public sealed class PipeSource : SimulatedSource
{
    /// <summary>Milliseconds a pausing writer is waited for before silence takes its place.</summary>
    public const int PatienceMs = 100;

    private const int JoinMs = 30;
    private readonly SpscRingBuffer<float> _ring = new(1 << 13);
    private readonly SimulatedSourcePipe _pipe;
    private Thread? _thread;

    /// <summary>Creates a source that is not running yet.</summary>
    /// <param name="name">Name in messages.</param>
    /// <param name="open">Opens the pipe, waiting for a writer; called by the pipe's thread.</param>
    /// <param name="unblock">Makes a thread that waits in the pipe go on.</param>
    /// <param name="time">Clock.</param>
    internal PipeSource(string name, Func<Stream> open, Action unblock, TimeProvider time)
        : base(DefaultRate, 1, time) => _pipe = new SimulatedSourcePipe(name, open, unblock, _ring, Signal);

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        _thread = new Thread(_pipe.Run) { Name = "ev-pipe", IsBackground = true };
        _thread.Start();
    }

    /// <summary>
    /// A source for the path when it is a FIFO, else null. A writer that waits for a reader is not lost: the pipe stays open
    /// from here until the source's own end is.
    /// </summary>
    /// <exception cref="IOException">An empty file or FIFO that may not be read and written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    internal static PipeSource? TryOpen(string path, TimeProvider time)
    {
        // Only what has no length is opened to look: a WAV is left alone.
        if (!File.Exists(path) || new FileInfo(path).Length != 0) return null;
        // For reading and writing, so that this does not wait for a writer.
        var both = OpenFifo(path, FileAccess.ReadWrite);
        if (both.CanSeek)
        {
            both.Dispose();
            return null;
        }

        Stream Open()
        {
            var stream = OpenFifo(path, FileAccess.Read);
            both.Dispose();
            return stream;
        }

        return new PipeSource(path, Open, () => Unblock(path), time);
    }

    /// <inheritdoc/>
    protected override void Fill(long frame, Span<float> interleaved) => interleaved[_ring.Read(interleaved)..].Clear();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _pipe.Stop();
        if (_thread is not null && !_thread.Join(JoinMs)) _pipe.Unblock();
        if (_thread?.Join(JoinMs) ?? true) _pipe.Dispose();
        base.Dispose(disposing);
    }

    private protected override bool Overrun(long now) => false;

    private protected override long DueNs(long now)
    {
        if (_pipe.Problem is { } problem) throw new AudioDeviceException(problem);
        var due = Clock.TimeOf(NextFrame + WakeFrames);
        return _pipe.IsConnected && _ring.Count < WakeFrames ? due + PatienceMs * 1_000_000L : due;
    }

    private protected override int Take(long now, int most)
    {
        var captured = (int)Math.Clamp(Clock.FramesAt(now) - NextFrame, 0, Format.BufferFrames);
        var there = _ring.Count;
        var count = Math.Min(there, Math.Min(captured, most));
        if (there == 0 && DueNs(now) <= now) count = Math.Min(WakeFrames, Math.Min(captured, most));
        _pipe.MakeRoom();
        // After a pause the clock goes on from here: what comes now was not said then.
        if (count > 0 && captured - count > WakeFrames)
            Clock = Clock.Shifted(NextFrame + count, now);
        return count;
    }

    private static FileStream OpenFifo(string path, FileAccess access) =>
        new(path, FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);

    // Whoever waits in open goes on when someone opens the other end, and whoever waits in read when a byte comes.
    private static void Unblock(string path)
    {
        using var both = OpenFifo(path, FileAccess.ReadWrite);
        both.WriteByte(0);
    }
}

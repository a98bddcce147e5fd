using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Led;

/// <summary>
/// One step of the lights at a time: renders what is due, sends it when the picture changed, and says when it wants to run again.
/// A ring that fails is tried again every second; nobody else notices.
/// </summary>
/// <remarks>
/// One thread (<c>ev-led</c>) calls <see cref="Tick"/> and <see cref="Darken"/>; the counters may be read by any. The scene is asked for on
/// that thread. No allocation but where the ring fails.
/// </remarks>
public sealed class LedPump
{
    /// <summary>Time between two attempts on a ring that fails, in nanoseconds (1 s).</summary>
    public const long RetryNs = 1_000_000_000;

    private readonly Func<LedScene> _scene;
    private readonly IPixelRing _ring;
    private readonly TimeProvider _time;
    private readonly Action<Exception>? _onFailure;
    private readonly Rgb[] _shown;
    private readonly Rgb[] _next;
    private LedAnimation _animation;
    private long _notBeforeNs = long.MinValue;
    private bool _isShown;
    private bool _failed;
    private long _framesSent;
    private long _failures;

    /// <summary>
    /// Takes the scene's source, the ring, monotonic time, and whom to tell when the ring fails for the first time in a row (for a log
    /// line).
    /// </summary>
    public LedPump(Func<LedScene> scene, IPixelRing ring, TimeProvider time, Action<Exception>? onFailure = null)
    {
        _scene = scene;
        _ring = ring;
        _time = time;
        _onFailure = onFailure;
        _shown = new Rgb[ring.PixelCount];
        _next = new Rgb[ring.PixelCount];
    }

    /// <summary>Pictures the ring took.</summary>
    public long FramesSent => Interlocked.Read(ref _framesSent);

    /// <summary>Attempts that failed.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>
    /// Renders and sends what is due. Returns the nanoseconds until it wants to be called again; called earlier than a frame's time
    /// (or, after a failure, a second), it does nothing but return what is left.
    /// </summary>
    /// <param name="stoppingSinceNs">Since when the program stops; null while it does not.</param>
    public long Tick(long? stoppingSinceNs = null)
    {
        var now = _time.NowNs();
        if (now < _notBeforeNs) return _notBeforeNs - now;
        var scene = _scene();
        if (stoppingSinceNs is not null) scene = scene with { StoppingSinceNs = stoppingSinceNs };
        _animation = _animation.Advance(scene, now);
        LedRenderer.Render(scene, _animation, now, _next);
        if (!Send())
        {
            _notBeforeNs = now + RetryNs;
            return RetryNs;
        }

        _notBeforeNs = now + LedTiming.FrameNs;
        return Looks.FrameNs(scene, now);
    }

    /// <summary>Switches every pixel off, once, whatever the time: the end.</summary>
    public void Darken()
    {
        Array.Clear(_next);
        Send();
    }

    private bool Send()
    {
        if (_isShown && _next.AsSpan().SequenceEqual(_shown)) return true;
        try
        {
            _ring.Show(_next);
        }
        catch (Exception error)
        {
            // Whatever the lights do, the voice goes on; the first failure of a row is told.
            Interlocked.Increment(ref _failures);
            _isShown = false;
            if (!_failed) _onFailure?.Invoke(error);
            _failed = true;
            return false;
        }

        Interlocked.Increment(ref _framesSent);
        _next.CopyTo(_shown, 0);
        _isShown = true;
        _failed = false;
        return true;
    }
}

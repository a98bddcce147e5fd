using System.Collections.Concurrent;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Devices;

/// <summary>A microphone that hears silence, and mono clips on cue, one after the other.</summary>
/// <remarks>
/// The contract of <see cref="SimulatedSource"/>. <see cref="Play(ReadOnlyMemory{float})"/> may be called by any thread;
/// <see cref="Begun"/> is raised on the reading thread. A clip cued while the device is closed is heard when it is opened; what
/// is left of one that was sounding when it was closed is lost.
/// </remarks>
public sealed class CueSource(TimeProvider time, int rate = SimulatedSource.DefaultRate) : SimulatedSource(rate, 1, time)
{
    private readonly ConcurrentQueue<Cue> _cues = new();
    private long _last;
    private Cue? _cue;
    private long _start;

    /// <summary>
    /// A clip's place is fixed: when it begins (now, or within a period) and when it will have ended. Handlers return at once.
    /// </summary>
    public event Action<CuePlayed>? Begun;

    /// <summary>
    /// Cues a clip in [-1, 1) at this source's rate: it is heard from the next period on, or after those cued before it.
    /// Returns the cue's number, from 1. The memory must not change until the clip has ended.
    /// </summary>
    public long Play(ReadOnlyMemory<float> mono)
    {
        var number = Interlocked.Increment(ref _last);
        _cues.Enqueue(new Cue(number, Time.NowNs(), mono));
        return number;
    }

    /// <summary>Cues a clip of 16-bit samples; otherwise as the other overload.</summary>
    public long Play(short[] mono)
    {
        var samples = new float[mono.Length];
        PcmConvert.ToFloat(mono, samples);
        return Play(samples);
    }

    /// <inheritdoc/>
    public override void Start()
    {
        base.Start();
        _cue = null;
    }

    /// <inheritdoc/>
    protected override void Fill(long frame, Span<float> interleaved)
    {
        interleaved.Clear();
        var end = frame + interleaved.Length;
        var free = frame;
        while (Next(free) && _start < end)
        {
            var clip = _cue!.Mono.Span;
            var from = Math.Max(_start, frame);
            var to = Math.Min(_start + clip.Length, end);
            if (from < to) clip[(int)(from - _start)..(int)(to - _start)].CopyTo(interleaved[(int)(from - frame)..]);
            if (_start + clip.Length > end) break;
            free = Math.Max(frame, _start + clip.Length);
            _cue = null;
        }

    }

    // Places the next cue at a period's first frame that is neither read yet nor taken, nor before it was asked for.
    private bool Next(long free)
    {
        if (_cue is not null) return true;
        if (!_cues.TryDequeue(out var cue)) return false;
        var asked = Clock.FramesAt(cue.AskedNs);
        if (Clock.TimeOf(asked) < cue.AskedNs) asked++;
        var period = Format.PeriodFrames;
        _start = (Math.Max(free, asked) + period - 1) / period * period;
        _cue = cue;
        Begun?.Invoke(new CuePlayed(cue.Number, Clock.TimeOf(_start), Clock.TimeOf(_start + cue.Mono.Length)));
        return true;
    }

    private sealed record Cue(long Number, long AskedNs, ReadOnlyMemory<float> Mono);
}

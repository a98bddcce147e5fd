using EdgeVoice.Core.Audio;
using EdgeVoice.Linux.Interop;
using Native = EdgeVoice.Linux.Interop.AlsaNative;

namespace EdgeVoice.Linux.Alsa;

/// <content>Frames and positions. Negative results are errors for <see cref="Recover"/>.</content>
internal sealed partial class AlsaPcm
{
    private const long FarNs = 1_000_000_000;

    /// <summary>Frames that can be read or written, as of the last interrupt.</summary>
    public int Available => (int)Native.PcmAvailUpdate(_pcm);

    /// <summary>Frames that can be taken back, as libasound has it; the caller leaves the card a margin.</summary>
    public int Rewindable => (int)Native.PcmRewindable(_pcm);

    public int Prepare() => Native.PcmPrepare(_pcm);

    public int Start() => Native.PcmStart(_pcm);

    public int Drop() => Native.PcmDrop(_pcm);

    public int Rewind(int frames) => (int)Native.PcmRewind(_pcm, (nuint)frames);

    /// <summary>Asks the card where it is; 0, or an error and a position that is empty.</summary>
    public int ReadPosition(out CardPosition position)
    {
        var error = Native.PcmStatus(_pcm, ref _status[0]);
        if (error < 0)
        {
            // No healthy stream refuses to say where it is.
            Lose();
            position = new CardPosition(PcmState.Disconnected, 0, 0, NowNs());
            return error;
        }

        Native.PcmStatusTime(ref _status[0], out var stamp);
        var now = NowNs();
        var ns = stamp.Ns;
        if (Math.Abs(now - ns) > FarNs) ns = now;
        var state = Native.PcmStatusState(ref _status[0]);
        position = new CardPosition(state, (int)Native.PcmStatusAvail(ref _status[0]), Native.PcmStatusDelay(ref _status[0]), ns);
        return 0;
    }

    /// <summary>Reads interleaved frames, as many as are there and fit.</summary>
    public int Read(Span<float> interleaved)
    {
        var most = Math.Min(interleaved.Length / Format.Channels, Format.BufferFrames);
        if (most == 0) return 0;
        var frames = (int)Native.PcmReadInterleaved(_pcm, ref _bytes[0], (nuint)most);
        if (frames > 0) PcmConvert.ToFloat(Layout, _bytes.AsSpan(0, frames * _frameBytes), interleaved);
        return Moved(frames);
    }

    /// <summary>Writes interleaved frames, as many as there is room for.</summary>
    public int Write(ReadOnlySpan<float> interleaved)
    {
        var most = Math.Min(interleaved.Length / Format.Channels, Format.BufferFrames);
        if (most == 0) return 0;
        CardSamples.FromFloat(Layout, interleaved[..(most * Format.Channels)], _bytes);
        return WriteBytes(most);
    }

    /// <summary>Makes the end of a sound ready to be written: these frames, then silence for the rest of the buffer.</summary>
    public void StageEnd(ReadOnlySpan<float> interleaved)
    {
        // All layouts are signed: silence is zero.
        _bytes.AsSpan().Clear();
        CardSamples.FromFloat(Layout, interleaved, _bytes);
    }

    /// <summary>Writes the staged end, as much as there is room for.</summary>
    public int WriteEnd() => WriteBytes(Format.BufferFrames);

    private int WriteBytes(int most)
    {
        var frames = (int)Native.PcmWriteInterleaved(_pcm, ref _bytes[0], (nuint)most);
        return Moved(frames);
    }

    // A fault that can be mended is left to the next wait, which finds it by itself.
    private int Moved(int frames)
    {
        if (frames >= 0 || frames is Errno.BrokenPipe or Errno.StreamPipe or Errno.BadState) return frames;
        if (frames != Errno.Again) Lose();
        return 0;
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Simulator.Devices;

/// <summary>Carries what was heard to a WAV file on a thread of its own, so that no disk or pipe can disturb the card.</summary>
/// <remarks>
/// Write, WriteSilence, Dispose and IsSounding's setter belong to the card's thread. What the file is too slow for is replaced by silence of the
/// same length and counted. A pipe has a reader who plays while we write: there the silence between two sounds is written as it
/// passes, by the clock, and not when the next sound comes. Dispose waits for the last frame, but not for a pipe that nobody
/// reads.
/// </remarks>
internal sealed class SimulatedSinkTap : IDisposable
{
    private const int CapacitySamples = 1 << 20;
    private const int CapacityBlocks = 1 << 14;
    private const int OpenMs = 500;
    private const int DisposeMs = 3000;
    private const int PipeMs = 10;

    private readonly SpscRingBuffer<short> _samples = new(CapacitySamples);
    private readonly SpscRingBuffer<Block> _blocks = new(CapacityBlocks);
    private readonly AutoResetEvent _more = new(false);
    private readonly ManualResetEventSlim _opened = new(false);
    private readonly Thread _writer;
    private readonly int _channels;
    private readonly int _rate;
    private readonly TimeProvider _time;
    private long _owedSilence, _lost;
    private string? _failure;
    private bool _ending, _sounding;

    private SimulatedSinkTap(string path, int rate, int channels, TimeProvider time)
    {
        (_channels, _rate, _time) = (channels, rate, time);
        // A pipe blocks in opening until somebody reads it: on the writer's thread, then.
        _writer = new Thread(() => Run(path)) { Name = "sim-wav-writer", IsBackground = true };
        _writer.Start();
    }

    /// <summary>Frames that the file was too slow for.</summary>
    public long LostFrames => Volatile.Read(ref _lost);

    /// <summary>True while the card runs, so that more sound follows without a gap.</summary>
    public bool IsSounding
    {
        get => Volatile.Read(ref _sounding);
        set => Volatile.Write(ref _sounding, value);
    }

    /// <summary>Why nothing more is written, or null while all is well.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Creates the file, or begins to wait for a pipe's reader.</summary>
    /// <exception cref="AudioDeviceException">It cannot be created.</exception>
    public static SimulatedSinkTap Open(string path, int rate, int channels, TimeProvider time)
    {
        var tap = new SimulatedSinkTap(path, rate, channels, time);
        tap._opened.Wait(OpenMs);
        if (tap.Failure is { } failure)
            throw new AudioDeviceException($"playback device 'wav:{path}' cannot be written: {failure}; choose a path that can");
        return tap;
    }

    /// <summary>Hands over interleaved samples.</summary>
    public void Write(ReadOnlySpan<short> interleaved)
    {
        if (_blocks.WritableCount < 1 || _samples.WritableCount < interleaved.Length)
        {
            var frames = interleaved.Length / _channels;
            Volatile.Write(ref _lost, _lost + frames);
            _owedSilence += frames;
            return;
        }

        _samples.Write(interleaved);
        _blocks.TryWrite(new Block(_owedSilence, interleaved.Length));
        _owedSilence = 0;
        _more.Set();
    }

    /// <summary>Silence before the next samples.</summary>
    public void WriteSilence(long frames) => _owedSilence += frames;

    /// <summary>Lets the writer finish.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _ending, true);
        _more.Set();
        _writer.Join(DisposeMs);
    }

    private void Run(string path)
    {
        try
        {
            using var writer = new WavWriter(path, _rate, _channels);
            _opened.Set();
            var buffer = new short[8192 / _channels * _channels];
            var begunNs = _time.NowNs();
            while (true)
            {
                var last = Volatile.Read(ref _ending);
                while (_blocks.TryRead(out var block)) Copy(block, writer, buffer);
                if (last) return;
                if (writer.IsPipe) CatchUp(writer, begunNs);
                _more.WaitOne(writer.IsPipe ? PipeMs : Timeout.Infinite);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A full disk or a reader that went away does not stop the card: the queue fills, and what is lost is counted.
            Volatile.Write(ref _failure, e.Message);
            _opened.Set();
        }
    }

    private void Copy(Block block, WavWriter writer, short[] buffer)
    {
        if (block.Silence > 0 && !writer.IsPipe) writer.WriteSilence(block.Silence);
        for (var left = block.Samples; left > 0;)
        {
            var taken = _samples.Read(buffer.AsSpan(0, Math.Min(left, buffer.Length)));
            writer.Write(buffer.AsSpan(0, taken));
            left -= taken;
        }
    }

    // Sound keeps its own time; between sounds the clock does.
    private void CatchUp(WavWriter writer, long begunNs)
    {
        var due = (long)((_time.NowNs() - begunNs) * (double)_rate / 1e9) - writer.Frames;
        if (due > 0 && !IsSounding) writer.WriteSilence(due);
        writer.Flush();
    }

    private readonly record struct Block(long Silence, int Samples);
}

using EdgeVoice.Core.Audio;

namespace EdgeVoice.Simulator.Devices;

/// <summary>The reading end of a <see cref="PipeSource"/>: from a named pipe to mono samples in a ring buffer.</summary>
/// <remarks>
/// <see cref="Run"/> has a thread of its own, the ring buffer's producer; everything else may be called by any thread. The
/// pipe is opened anew before the old end is closed, so that no writer meets a pipe without a reader.
/// </remarks>
internal sealed class SimulatedSourcePipe(string name, Func<Stream> open, Action unblock, SpscRingBuffer<float> ring, Action signal)
    : IDisposable
{
    private const int PieceFrames = 480;
    private readonly AutoResetEvent _room = new(false);
    private volatile bool _stopping;
    private volatile bool _connected;
    private volatile string? _problem;

    /// <summary>True while somebody writes WAV into the pipe.</summary>
    public bool IsConnected => _connected;

    /// <summary>Why the pipe was given up, or null.</summary>
    public string? Problem => _problem;

    /// <summary>The reader has taken samples.</summary>
    public void MakeRoom() => _room.Set();

    /// <summary>Orders the end; a thread that waits in the pipe itself needs <see cref="Unblock"/> too.</summary>
    public void Stop()
    {
        _stopping = true;
        _room.Set();
    }

    /// <summary>Makes a thread that waits in the pipe go on.</summary>
    public void Unblock()
    {
        try
        {
            unblock();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The pipe was deleted or its rights changed: the thread ends with the writer's next byte, or with the program.
            _problem ??= e.Message;
        }
    }

    /// <summary>After <see cref="Run"/> has ended.</summary>
    public void Dispose() => _room.Dispose();

    /// <summary>Reads one writer after the other until stopped.</summary>
    public void Run()
    {
        Stream? stream = null;
        try
        {
            stream = open();
            while (!_stopping)
            {
                Drain(stream);
                _connected = false;
                signal();
                if (_stopping) break;
                var next = open();
                stream.Dispose();
                stream = next;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problem = e.Message;
        }
        finally
        {
            stream?.Dispose();
            _connected = false;
            signal();
        }
    }

    private void Drain(Stream stream)
    {
        var counted = new SimulatedSourceStream(stream);
        WavStreamReader reader;
        try
        {
            reader = new WavStreamReader(counted, name, leaveOpen: true);
        }
        catch (WavFormatException) when (counted.BytesRead == 0 || _stopping)
        {
            // A writer that came and went without a word.
            return;
        }

        using (reader) Pump(reader);
    }

    private void Pump(WavStreamReader reader)
    {
        var resampler = new Resampler(reader.Rate, SimulatedSource.DefaultRate);
        var interleaved = new float[PieceFrames * reader.Channels];
        var mono = new float[PieceFrames];
        var output = new float[resampler.MaxOutput(PieceFrames)];
        _connected = true;
        int samples;
        while (!_stopping && (samples = reader.Read(interleaved)) > 0)
        {
            var frames = samples / reader.Channels;
            ChannelMixer.ToMono(interleaved.AsSpan(0, samples), reader.Channels, -1, mono);
            Put(output.AsSpan(0, resampler.Process(mono.AsSpan(0, frames), output)));
        }

        if (_stopping) return;
        var rest = new float[resampler.FlushCount];
        Put(rest.AsSpan(0, resampler.Flush(rest)));
    }

    private void Put(ReadOnlySpan<float> samples)
    {
        while (samples.Length > 0 && !_stopping)
        {
            samples = samples[ring.Write(samples)..];
            signal();
            if (samples.Length > 0) _room.WaitOne();
        }
    }
}

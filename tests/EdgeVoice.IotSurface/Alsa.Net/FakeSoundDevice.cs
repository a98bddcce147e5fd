using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Alsa.Net;

/// <summary>A card that behaves as the package over ALSA does: whole periods, one array used again and again, errors that throw.</summary>
public sealed class FakeSoundDevice(SoundDeviceSettings settings) : ISoundDevice
{
    private readonly List<byte> _heard = [];
    private readonly Lock _gate = new();
    private int _delivered;

    /// <summary>Frames of a period.</summary>
    public int PeriodFrames { get; init; } = 160;

    /// <summary>What it was made with.</summary>
    public SoundDeviceSettings Settings { get; } = settings;

    /// <summary>What is recorded; a call waits for each block, null breaks the device.</summary>
    public BlockingCollection<short[]?> Microphone { get; } = [];

    /// <summary>Words it fails with when it is opened; null: it does not.</summary>
    public string? Refuses { get; set; }

    /// <summary>Words the next written period fails with; null: it does not.</summary>
    public string? Breaks { get; set; }

    /// <summary>Blocks recorded, whose callback has returned.</summary>
    public int Delivered => Volatile.Read(ref _delivered);

    /// <summary>Calls of <see cref="Play"/>.</summary>
    public int Plays { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>A call is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>The header of the last thing played.</summary>
    public byte[] Header { get; } = new byte[44];

    public long PlaybackVolume { get; set; }

    /// <summary>Every sample played.</summary>
    public short[] Heard
    {
        get
        {
            lock (_gate)
            {
                var samples = new short[_heard.Count / 2];
                for (var i = 0; i < samples.Length; i++) samples[i] = BitConverter.ToInt16([_heard[2 * i], _heard[2 * i + 1]]);
                return samples;
            }
        }
    }

    public void Play(Stream wavStream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wavStream);
        Begin();
        Plays++;
        try
        {
            for (var at = 0; at < Header.Length; at += 4) wavStream.ReadExactly(Header.AsSpan(at, 4));
            var buffer = new byte[PeriodFrames * BinaryPrimitives.ReadUInt16LittleEndian(Header.AsSpan(32))];
            // Whatever a short read has left in the array is played with it.
            while (!cancellationToken.IsCancellationRequested && wavStream.ReadAtLeast(buffer, 1, throwOnEndOfStream: false) != 0)
            {
                if (Breaks is { } breaks) throw new InvalidOperationException(breaks);
                lock (_gate) _heard.AddRange(buffer);
            }
        }
        finally
        {
            IsBusy = false;
        }
    }

    public void Record(Action<byte[]> onDataAvailable, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(onDataAvailable);
        var header = new byte[44];
        "RIFF"u8.CopyTo(header);
        onDataAvailable(header);
        Begin();
        try
        {
            var buffer = new byte[PeriodFrames * Settings.RecordingChannels * Settings.RecordingBitsPerSample / 8];
            while (!cancellationToken.IsCancellationRequested)
            {
                // Like a card: a call that waits for a period does not look at the token.
                if (!Microphone.TryTake(out var samples, 10, CancellationToken.None)) continue;
                if (samples is null) throw new InvalidOperationException("Can not read data from the device. Error -32. Broken pipe.");
                Buffer.BlockCopy(samples, 0, buffer, 0, buffer.Length);
                onDataAvailable(buffer);
                Interlocked.Increment(ref _delivered);
            }
        }
        finally
        {
            IsBusy = false;
        }
    }

    public void Dispose()
    {
        if (IsBusy) throw new InvalidOperationException("disposed under a running call");
        IsDisposed = true;
    }

    private void Begin()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (Refuses is { } refuses) throw new InvalidOperationException(refuses);
        IsBusy = true;
    }
}

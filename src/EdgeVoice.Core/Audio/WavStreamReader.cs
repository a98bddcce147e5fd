namespace EdgeVoice.Core.Audio;

/// <summary>
/// Reads a WAV piece by piece, also from a pipe: there the header's length of the samples is ignored and the sound lasts
/// until the writer closes. In a file the length is kept to, where it is known, so that chunks behind it are not heard.
/// </summary>
/// <remarks>One thread at a time. <see cref="Read"/> blocks as long as the stream does and allocates nothing.</remarks>
public sealed class WavStreamReader : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly WavHeader _header;
    private readonly byte[] _bytes;
    private int _carried;
    private long _left;

    /// <summary>
    /// Reads the header (blocking). <paramref name="name"/> stands in messages; the stream is disposed with the reader unless
    /// <paramref name="leaveOpen"/>.
    /// </summary>
    /// <exception cref="WavFormatException">This is no WAV, or of an unknown kind.</exception>
    public WavStreamReader(Stream stream, string name = "WAV stream", bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _header = WavHeader.Read(stream, name);
        _left = stream.CanSeek && _header.DataLength > 0 ? _header.DataLength : long.MaxValue;
        _bytes = new byte[Math.Max(1, 16384 / _header.FrameBytes) * _header.FrameBytes];
    }

    /// <summary>Frames a second, 1,000 to 384,000.</summary>
    public int Rate => _header.Rate;

    /// <summary>Samples a frame, 1 to 64.</summary>
    public int Channels => _header.Channels;

    /// <summary>
    /// Reads whole frames, as many as are there (one at least) and fit. Returns the number of samples of all channels; 0 at
    /// the end. Half a frame at the end is dropped.
    /// </summary>
    /// <exception cref="ArgumentException">Not one frame fits.</exception>
    public int Read(Span<float> interleaved)
    {
        var room = interleaved.Length / Channels * _header.FrameBytes;
        if (room == 0) throw new ArgumentException("not one frame fits", nameof(interleaved));
        var target = _bytes.AsSpan(0, Math.Min(room, _bytes.Length));
        var have = _carried;
        while (have < _header.FrameBytes)
        {
            var got = _stream.Read(target.Slice(have, (int)Math.Min(target.Length - have, _left)));
            if (got == 0) return 0;
            have += got;
            _left -= got;
        }

        _carried = have % _header.FrameBytes;
        var whole = have - _carried;
        var samples = PcmConvert.ToFloat(_header.Format, _bytes.AsSpan(0, whole), interleaved);
        _bytes.AsSpan(whole, _carried).CopyTo(_bytes);
        return samples;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_leaveOpen) _stream.Dispose();
    }
}

namespace Alsa.Net;

/// <summary>A sound device; playing and recording block.</summary>
public interface ISoundDevice : IDisposable
{
    long PlaybackVolume { get; set; }

    void Play(Stream wavStream, CancellationToken cancellationToken);

    void Record(Action<byte[]> onDataAvailable, CancellationToken cancellationToken);
}

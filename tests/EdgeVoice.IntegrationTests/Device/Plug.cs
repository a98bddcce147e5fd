using EdgeVoice.Core.Devices;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>A plug between the device and its microphone or loudspeaker: while it is pulled, the thing is gone and cannot be opened.</summary>
/// <remarks><see cref="Pull"/> and <see cref="PlugIn"/> may be called by any thread.</remarks>
internal sealed class Plug
{
    private volatile bool _pulled;
    private Action? _wake;

    /// <summary>Nobody may have noticed yet.</summary>
    public void Pull()
    {
        _pulled = true;
        Volatile.Read(ref _wake)?.Invoke();
    }

    public void PlugIn() => _pulled = false;

    public IAudioSource Through(IAudioSource source)
    {
        Check();
        Volatile.Write(ref _wake, source.Wake);
        return new Source(this, source);
    }

    public IAudioSink Through(IAudioSink sink)
    {
        Check();
        Volatile.Write(ref _wake, sink.Wake);
        return new Sink(this, sink);
    }

    private void Check()
    {
        if (_pulled) throw new AudioDeviceException("no such card: plug it in");
    }

    private sealed class Source(Plug plug, IAudioSource inner) : IAudioSource
    {
        public AudioStreamFormat Format => inner.Format;

        public void Start() => inner.Start();

        public AudioWait Wait(int timeoutMs) => inner.Wait(timeoutMs) is var wait && plug._pulled ? AudioWait.Lost : wait;

        public int Read(Span<float> interleaved, out long frame, out long timeNs)
        {
            plug.Check();
            return inner.Read(interleaved, out frame, out timeNs);
        }

        public void SetWakePeriod(int frames) => inner.SetWakePeriod(frames);

        public void Wake() => inner.Wake();

        public void Dispose() => inner.Dispose();
    }

    private sealed class Sink(Plug plug, IAudioSink inner) : IAudioSink
    {
        public AudioStreamFormat Format => inner.Format;

        public int Writable => inner.Writable;

        public AudioWait Wait(int timeoutMs) => inner.Wait(timeoutMs) is var wait && plug._pulled ? AudioWait.Lost : wait;

        public AudioWait Idle(int timeoutMs) => inner.Idle(timeoutMs) is var wait && plug._pulled ? AudioWait.Lost : wait;

        public int Write(ReadOnlySpan<float> interleaved)
        {
            plug.Check();
            return inner.Write(interleaved);
        }

        public AudioSinkStatus Status()
        {
            plug.Check();
            return inner.Status();
        }

        public long Drop(int keep = 0)
        {
            plug.Check();
            return inner.Drop(keep);
        }

        public void Wake() => inner.Wake();

        // What is pulled out falls silent; the file behind it is completed at the very end only.
        public void Dispose()
        {
            if (plug._pulled) inner.Drop();
            else inner.Dispose();
        }
    }
}

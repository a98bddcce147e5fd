using EdgeVoice.Core.Devices;
using EdgeVoice.Sound;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Sound;

public class SoundReaderTests
{
    [Fact]
    public void Run_WhenFramesWereLost_PutsSilenceInTheirPlace()
    {
        var reader = new SoundReader(new Microphone([(0, 100), (100, 100), (350, 100)]), "mic", 1, new ManualTime());
        List<float> heard = [];
        reader.Run(mono =>
        {
            heard.AddRange(mono);
            return heard.Count < 450;
        }, CancellationToken.None);
        Assert.Equal((150, 1), (reader.LostFrames, reader.Overruns));
        Assert.Equal([.. Enumerable.Repeat(0.5f, 200), .. new float[150], .. Enumerable.Repeat(0.5f, 100)], heard);
    }

    [Fact]
    public void Run_WhenTheDeviceIsGone_SaysSo()
    {
        var gone = Assert.Throws<AudioDeviceException>(
            () => new SoundReader(new Microphone([]), "mic", 0, new ManualTime()).Run(_ => true, CancellationToken.None));
        Assert.Contains("'mic' is gone", gone.Message, StringComparison.Ordinal);
    }

    // Two channels at 1 kHz, half of full scale on the second; every jump is an overrun, and the end is a pulled plug.
    private sealed class Microphone((long Frame, int Count)[] reads) : IAudioSource
    {
        private int _next = -1;
        private bool _read = true;

        public AudioStreamFormat Format => new(1_000, 2, 10, 500);

        public void Start()
        {
        }

        public AudioWait Wait(int timeoutMs)
        {
            _next++;
            _read = false;
            if (_next == reads.Length) return AudioWait.Lost;
            return _next > 0 && reads[_next].Frame != reads[_next - 1].Frame + reads[_next - 1].Count ? AudioWait.Xrun : AudioWait.Ready;
        }

        public int Read(Span<float> interleaved, out long frame, out long timeNs)
        {
            (frame, timeNs) = (reads[_next].Frame, 0);
            if (_read) return 0;
            _read = true;
            for (var i = 0; i < reads[_next].Count; i++) (interleaved[2 * i], interleaved[2 * i + 1]) = (0.25f, 0.5f);
            return reads[_next].Count;
        }

        public void SetWakePeriod(int frames)
        {
        }

        public void Wake()
        {
        }

        public void Dispose()
        {
        }
    }
}

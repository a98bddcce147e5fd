using EdgeVoice.Core.Devices;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Tests.Playback;

public sealed class SimulatedSinkTests : IDisposable
{
    private readonly FakeSinkTime _time = new();
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"sink-{Guid.NewGuid():N}.wav");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Status_WhilePlaying_FollowsTheClock()
    {
        using var sink = new SimulatedSink(_time);
        Assert.Equal(720, sink.Writable);
        Assert.Equal(720, sink.Write(new float[1000]));
        Assert.Equal(new AudioSinkStatus(720, 720, _time.NowNs), sink.Status());
        Advance(10);
        Assert.Equal(new AudioSinkStatus(720, 480, _time.NowNs), sink.Status());
        Assert.Equal(AudioWait.Ready, sink.Wait(0));
        Assert.Equal(240, sink.Writable);
    }

    [Fact]
    public void Wait_WithoutRoomOrAfterAWake_SaysSo()
    {
        using var sink = new SimulatedSink(_time);
        sink.Write(new float[720]);
        Assert.Equal(AudioWait.TimedOut, sink.Wait(0));
        sink.Wake();
        Assert.Equal(AudioWait.Woken, sink.Wait(0));
        Assert.Equal(AudioWait.TimedOut, sink.Idle(0));
        sink.Wake();
        Assert.Equal(AudioWait.Woken, sink.Idle(0));
    }

    [Fact]
    public void Card_RunDry_TellsAnXrunOnceAndGoesOn()
    {
        using var sink = new SimulatedSink(_time);
        sink.Write(new float[240]);
        Advance(30);
        Assert.Equal(AudioWait.Xrun, sink.Wait(0));
        Assert.Equal(AudioWait.Ready, sink.Wait(0));
        Assert.Equal((240, 0), (sink.Status().Written, sink.Status().Delay));
        sink.Write(new float[240]);
        Advance(5);
        Assert.Equal(120, sink.Status().Delay);
    }

    [Fact]
    public void Drop_WithUnheardFrames_NeverLetsThemOut()
    {
        using (var sink = new SimulatedSink(_time, _path))
        {
            Advance(100);
            sink.Write(Ramp(1, 720));
            Advance(10);
            Assert.Equal(250, sink.Drop(10));
            Assert.Equal(new AudioSinkStatus(250, 0, _time.NowNs), sink.Status());
            Advance(50);
            sink.Write(Ramp(1000, 300));
            Advance(20);
            Assert.Equal([(0L, 2400L), (250L, 3840L)], sink.Starts.Select(s => (s.CardFrame, s.FileFrame)));
            Assert.Equal((2410L, 3850L), (sink.FileFrameOf(10), sink.FileFrameOf(260)));
            Assert.Equal(0, sink.LostFileFrames);
        }

        var file = ReadFile();
        Assert.Equal(3840 + 300, file.Length);
        Assert.Equal(Enumerable.Range(1, 250).Concat(Enumerable.Range(1000, 300)), file.Where(s => s != 0).Select(s => (int)s));
        Assert.Equal((1, 1000), (file[2400], file[3840]));
    }

    [Fact]
    public void Stereo_AcrossTheBufferEnd_StaysWhole()
    {
        using (var sink = new SimulatedSink(_time, _path, new AudioStreamFormat(24_000, 2, 240, 500)))
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(170, sink.Write(Ramp(1 + i * 340, 340)));
                Advance(170 / 24.0);
            }
        }

        Assert.Equal(Enumerable.Range(1, 6798), ReadFile().Where(s => s != 0).Take(6798).Select(s => (int)s));
    }

    [Theory]
    [InlineData("wav:")]
    [InlineData("tone:440")]
    [InlineData("wav:/nowhere/at/all.wav")]
    public void Open_ForWhatIsNoLoudspeaker_SaysWhat(string device)
    {
        var error = Assert.Throws<AudioDeviceException>(() => SimulatedSink.Open(device, _time));
        Assert.Contains(device, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ForNull_HearsNothing()
    {
        using var sink = SimulatedSink.Open("null", _time);
        sink.Write(new float[100]);
        Advance(2);
        Assert.Equal(52, sink.Status().Delay);
    }

    private static float[] Ramp(int first, int count) => [.. Enumerable.Range(first, count).Select(i => i / 32768f)];

    private void Advance(double ms) => _time.MoveTo(_time.NowNs + (long)(ms * 1e6));

    private short[] ReadFile()
    {
        var bytes = File.ReadAllBytes(_path);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(bytes.AsSpan(44)).ToArray();
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Simulator.Devices;

public class SimulatedSourceTests
{
    private readonly ManualTime _time = new();
    private readonly float[] _buffer = new float[48_000];

    [Fact]
    public void Wait_PeriodByPeriod_ReadyExactlyWhenComplete()
    {
        using var source = new NullSource(_time);
        source.Start();
        var start = _time.GetTimestamp();
        Assert.Equal(AudioWait.TimedOut, source.Wait(0));
        Assert.Equal(0, source.Read(new float[10], out _, out _));
        _time.AdvanceMs(10);
        Assert.Equal(AudioWait.Ready, source.Wait(0));
        Assert.Equal(240, source.Read(_buffer, out var frame, out var timeNs));
        Assert.Equal((0, start), (frame, timeNs));
        Assert.Equal(AudioWait.TimedOut, source.Wait(0));
        _time.AdvanceMs(9.999);
        Assert.Equal(AudioWait.TimedOut, source.Wait(0));
        _time.AdvanceMs(0.001);
        Assert.Equal(AudioWait.Ready, source.Wait(0));
        source.Read(_buffer, out frame, out timeNs);
        Assert.Equal((240, start + 10_000_000), (frame, timeNs));
    }

    [Fact]
    public void Wait_ReaderLate_XrunSkipsWhatWasLost()
    {
        using var source = new NullSource(_time);
        source.Start();
        var start = _time.GetTimestamp();
        _time.AdvanceMs(SimulatedSource.BufferPeriods * 10);
        Assert.Equal(AudioWait.Ready, source.Wait(0));
        _time.AdvanceMs(10);
        Assert.Equal(AudioWait.Xrun, source.Wait(0));
        Assert.Equal(AudioWait.TimedOut, source.Wait(0));
        _time.AdvanceMs(10);
        Assert.Equal(AudioWait.Ready, source.Wait(0));
        Assert.Equal(240, source.Read(_buffer, out var frame, out var timeNs));
        const int Lost = SimulatedSource.BufferPeriods + 1;
        Assert.Equal((Lost * 240, start + Lost * 10_000_000L), (frame, timeNs));
    }

    [Fact]
    public async Task Wake_FromAnotherThread_EndsTheWait()
    {
        using var source = new NullSource(_time);
        source.Start();
        source.Wake();
        Assert.Equal(AudioWait.Woken, source.Wait(0));
        Assert.Equal(AudioWait.TimedOut, source.Wait(0));
        var waiting = Task.Run(() => source.Wait(1_000_000));
        source.Wake();
        Assert.Equal(AudioWait.Woken, await waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void Clock_AfterAYear_IsExact()
    {
        var clock = new SimulatedSourceClock(5, 44_100);
        var frame = 44_100L * 86_400 * 365 + 1;
        Assert.Equal(5 + 86_400L * 365 * 1_000_000_000 + 22_676, clock.TimeOf(frame));
        Assert.Equal(frame, clock.FramesAt(clock.TimeOf(frame)));
        Assert.Equal(frame - 1, clock.FramesAt(clock.TimeOf(frame) - 1));
        Assert.Equal(0, clock.FramesAt(-3));
    }

    [Fact]
    public void ToneSource_440_HasLevelAndFrequency()
    {
        using var source = new ToneSource(440, _time);
        var samples = ReadMs(source, 1000);
        Assert.Equal(Math.Pow(10, -12 / 20.0), samples.Max(), 4);
        Assert.InRange(samples.Zip(samples.Skip(1)).Count(pair => pair.First < 0 && pair.Second >= 0), 439, 440);
        Assert.InRange(samples.Zip(samples.Skip(1)).Max(pair => Math.Abs(pair.First - pair.Second)), 0, 0.03);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11_001)]
    [InlineData(double.NaN)]
    public void ToneSource_OutOfRange_Throws(double hz) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToneSource(hz, _time));

    [Theory]
    [InlineData(11_025, 2)]
    [InlineData(96_000, 1)]
    public void WavSource_OwnRateAndChannels_ThenSilence(int rate, int channels)
    {
        var sound = Enumerable.Range(1, rate / 25 * channels).Select(n => n / 40_000f).ToArray();
        using var source = new WavSource(new WavAudio(sound, rate, channels), _time);
        Assert.Equal(new AudioStreamFormat(rate, channels, rate / 100, rate / 100 * SimulatedSource.BufferPeriods), source.Format);
        var heard = ReadMs(source, 80);
        Assert.Equal(sound, heard[..sound.Length]);
        Assert.All(heard[sound.Length..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void WavSource_Loop_BeginsAgain()
    {
        var sound = Enumerable.Range(1, 100).Select(n => n / 100f).ToArray();
        using var source = new WavSource(new WavAudio(sound, 24_000, 1), _time, loop: true);
        var heard = ReadMs(source, 20);
        Assert.Equal(480, heard.Length);
        Assert.Equal(Enumerable.Range(0, 480).Select(n => sound[n % 100]), heard);
    }

    [Fact]
    public void Read_Steady_AllocatesNothing()
    {
        using var source = new ToneSource(440, _time);
        source.Start();
        long before = 0;
        for (var i = 0; i < 600; i++)
        {
            if (i == 100) before = ThreadAllocations.Mark();
            _time.AdvanceMs(10);
            source.Wait(100);
            source.Read(_buffer, out _, out _);
        }

        Assert.Equal(0, ThreadAllocations.Since(before));
    }

    private float[] ReadMs(SimulatedSource source, int ms)
    {
        List<float> heard = [];
        source.Start();
        for (var i = 0; i < ms / 10; i++)
        {
            _time.AdvanceMs(10);
            Assert.Equal(AudioWait.Ready, source.Wait(0));
            var frames = source.Read(_buffer, out var frame, out _);
            Assert.Equal(heard.Count / source.Format.Channels, frame);
            heard.AddRange(_buffer[..(frames * source.Format.Channels)]);
        }

        return [.. heard];
    }
}

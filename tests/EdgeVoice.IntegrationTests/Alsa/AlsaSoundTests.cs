using System.Diagnostics;
using EdgeVoice.Core.Devices;
using EdgeVoice.IntegrationTests.Interop;
using EdgeVoice.IntegrationTests.Support;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.IntegrationTests.Alsa;

/// <summary>Both ports through the real libasound, against a sound server in real time.</summary>
[Collection(PulseAudioFixture.Collection)]
public class AlsaSoundTests
{
    private const int Rate = 24_000;

    // A stream begins by rewriting what the server had already rendered, up to 10 ms, which the recording side has had by then.
    private static readonly short[] Lead = new short[Rate / 20];
    private static readonly short[] Tail = new short[Rate / 10];

    public AlsaSoundTests(PulseAudioFixture sound) =>
        Assert.Equal(0, EnvironmentNative.Set("ALSA_CONFIG_PATH", sound.AlsaConfigPath, 1));

    [Theory]
    [InlineData(PulseAudioFixture.Loudspeaker, PulseAudioFixture.Heard)]
    [InlineData(PulseAudioFixture.Room, PulseAudioFixture.Microphone)]
    public async Task Signal_OutAndBackIn_IsWholeAndUnbent(string into, string from)
    {
        var sent = Tone.Chirp(300, 1_500, 3_000, Rate);
        using var recording = new Recording(from);
        using var sink = AlsaAudioSink.Open(Deep(into), TimeProvider.System);
        Assert.Equal((Rate, 1), (sink.Format.Rate, sink.Format.Channels));
        await HeardAsync(recording, Rate / 10);
        var (allocated, xruns) = Player.Play(sink, [.. Lead, .. sent, .. Tail]);
        await HeardAsync(recording, recording.Count + Rate / 2);

        var found = Comparison.Of(sent, recording.Samples, Rate);
        Assert.True(found is { GapMs: 0, ErrorDb: < -60 } && Math.Abs(found.GainDb) < 0.1 && Math.Abs(found.Pitch - 1) < 1e-5, $"{found}");
        Assert.Equal((0, 0, 0), (xruns, recording.Xruns, recording.Jumps));
        Assert.Equal((0L, 0L), (allocated, recording.AllocatedBytes));
        Assert.True(recording.MaxClockErrorMs < 40, $"a block's time is {recording.MaxClockErrorMs:0.0} ms off");
    }

    [Fact]
    public void Wake_WhileWaitingForAnything_ReturnsWithinMilliseconds()
    {
        using var sink = AlsaAudioSink.Open(new AlsaStreamSettings(PulseAudioFixture.Loudspeaker, Rate), TimeProvider.System);
        sink.Wake();
        sink.Wake();
        Assert.Equal(AudioWait.Woken, sink.Wait(1000));
        Assert.Equal(AudioWait.TimedOut, sink.Idle(1));
        using var source = AlsaAudioSource.Open(new AlsaStreamSettings(PulseAudioFixture.Microphone, Rate), TimeProvider.System);
        // Not started: nothing comes.
        foreach (var wait in (Func<int, AudioWait>[])[sink.Idle, source.Wait])
        {
            var took = WokenAfter(wait, wait == sink.Idle ? sink.Wake : source.Wake);
            Assert.True(took < TimeSpan.FromMilliseconds(50), $"woken after {took.TotalMilliseconds} ms");
        }
    }

    [Fact]
    public async Task WakePeriod_WhileRunning_LosesNothing()
    {
        using var source = AlsaAudioSource.Open(new AlsaStreamSettings(PulseAudioFixture.Microphone, Rate), TimeProvider.System);
        source.Start();
        var block = new float[source.Format.BufferFrames];
        long next = 0;
        var period = source.Format.PeriodFrames;
        await Task.Run(() =>
        {
            for (var turn = 0; turn < 60; turn++)
            {
                source.SetWakePeriod(turn / 20 == 1 ? 4 * period : period);
                var wait = source.Wait(1000);
                Assert.Equal(AudioWait.Ready, wait);
                var frames = source.Read(block, out var frame, out _);
                Assert.Equal(next, frame);
                next += frames;
                if (turn / 20 == 1) Assert.True(frames >= 4 * period, $"woken for {frames} frames");
            }
        });
    }

    [Fact]
    public async Task Drop_InMidSound_EndsItAndPlaysOnWithTheNextWrite()
    {
        var sent = Tone.Chirp(300, 1_500, 2_000, Rate);
        var floats = new float[sent.Length];
        Core.Audio.PcmConvert.ToFloat(sent, floats);
        using var recording = new Recording(PulseAudioFixture.Heard);
        using var sink = AlsaAudioSink.Open(Deep(PulseAudioFixture.Loudspeaker), TimeProvider.System);
        await HeardAsync(recording, Rate / 10);
        for (var at = 0; at < Rate / 2;)
        {
            at += sink.Write(floats.AsSpan(at, Math.Min(240, sink.Writable)));
            sink.Wait(100);
        }

        var before = sink.Status();
        var end = sink.Drop();
        Assert.InRange(end, before.Written - before.Delay, before.Written);
        Assert.Equal((end, 0L), (sink.Status().Written, sink.Status().Delay));
        Assert.Equal("drop", sink.StopMethod);
        await HeardAsync(recording, recording.Count + Rate / 4);
        Assert.True(Loudest(recording.Samples[^(Rate / 10)..]) < 10, "it sounds on");
        Assert.Equal(AudioWait.TimedOut, sink.Idle(10));
        var from = recording.Count;
        var (_, xruns) = Player.Play(sink, [.. Lead, .. sent]);
        Assert.Equal(0, xruns);
        await HeardAsync(recording, recording.Count + Rate / 2);
        var found = Comparison.Of(sent, recording.Samples[from..], Rate);
        Assert.True(found is { GapMs: 0, ErrorDb: < -60 }, $"{found}");
        Assert.Equal(end + Lead.Length + sent.Length, sink.Status().Written);
    }

    [Fact]
    public void Open_WhenAbsent_SaysWhatIsThere()
    {
        var wrong = Assert.Throws<AudioDeviceException>(() => AlsaAudioSource.Open(new AlsaStreamSettings("hw:CARD=Nobody", Rate), TimeProvider.System));
        Assert.StartsWith("capture device 'hw:CARD=Nobody' is not there; there ", wrong.Message);
        wrong = Assert.Throws<AudioDeviceException>(() => AlsaAudioSink.Open(new AlsaStreamSettings("nonsense", Rate), TimeProvider.System));
        Assert.StartsWith("playback device 'nonsense' is not there; there ", wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    internal static async Task HeardAsync(Recording recording, int count)
    {
        var began = Stopwatch.GetTimestamp();
        while (recording.Count < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "nothing is recorded");
            await Task.Delay(5);
        }
    }

    // A busy machine makes the server late by more than three periods, and it tells nobody: what is looked for here are our faults.
    private static AlsaStreamSettings Deep(string device) => new(device, Rate) { Periods = 30 };

    private static TimeSpan WokenAfter(Func<int, AudioWait> wait, Action wake)
    {
        var woken = 0L;
        using var timer = new Timer(_ =>
        {
            Volatile.Write(ref woken, Stopwatch.GetTimestamp());
            wake();
        }, null, 50, Timeout.Infinite);
        Assert.Equal(AudioWait.Woken, wait(5_000));
        return Stopwatch.GetElapsedTime(Volatile.Read(ref woken));
    }

    private static int Loudest(ReadOnlySpan<short> samples)
    {
        var most = 0;
        foreach (var sample in samples) most = Math.Max(most, Math.Abs((int)sample));
        return most;
    }
}

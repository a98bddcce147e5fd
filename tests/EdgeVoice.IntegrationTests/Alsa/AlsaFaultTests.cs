using EdgeVoice.Core.Devices;
using EdgeVoice.IntegrationTests.Interop;
using EdgeVoice.IntegrationTests.Support;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Rig.Signals;

namespace EdgeVoice.IntegrationTests.Alsa;

/// <summary>The sound server stops for a while, and dies. A server of its own: the others' would not live on.</summary>
[Collection(PulseAudioFixture.Collection)]
public sealed class AlsaFaultTests(PulseAudioFixture shared) : IAsyncLifetime
{
    private const int Rate = 24_000;

    // Ten times what the loudspeaker's buffer holds.
    private const int RunsDryMs = 300;
    private readonly PulseAudioFixture _sound = new();

    public async Task InitializeAsync()
    {
        await _sound.InitializeAsync();
        Assert.Equal(0, EnvironmentNative.Set("ALSA_CONFIG_PATH", _sound.AlsaConfigPath, 1));
    }

    public async Task DisposeAsync()
    {
        EnvironmentNative.Set("ALSA_CONFIG_PATH", shared.AlsaConfigPath, 1);
        await _sound.DisposeAsync();
    }

    [Fact]
    public async Task Server_StoppedForASecond_BothComeBack()
    {
        using var recording = new Recording(PulseAudioFixture.Microphone);
        using var sink = AlsaAudioSink.Open(new AlsaStreamSettings(PulseAudioFixture.Loudspeaker, Rate), TimeProvider.System);
        using var playing = new Playing(sink);
        await AlsaSoundTests.HeardAsync(recording, Rate / 4);
        await SignalAsync("STOP");
        await Task.Delay(1000);
        // Whether a server that goes on is given more in time is a race, unless nobody writes: then it runs dry, once.
        playing.Rest();
        var (written, heard) = (playing.Written, recording.Count);
        await SignalAsync("CONT");
        await Task.Delay(RunsDryMs);
        playing.GoOn();
        await AlsaSoundTests.HeardAsync(recording, heard + 2 * Rate);
        for (var i = 0; i < 1000 && playing.Written < written + Rate; i++) await Task.Delay(5);
        Assert.InRange(playing.Written - written, Rate, 4 * Rate);
        Assert.Equal((1, false, false), (playing.Xruns, playing.IsLost, recording.IsLost));
    }

    [Fact]
    public async Task Server_Killed_BothAreLostAndNeitherSpins()
    {
        using var recording = new Recording(PulseAudioFixture.Microphone);
        using var sink = AlsaAudioSink.Open(new AlsaStreamSettings(PulseAudioFixture.Loudspeaker, Rate), TimeProvider.System);
        using var playing = new Playing(sink);
        await AlsaSoundTests.HeardAsync(recording, Rate / 4);
        await SignalAsync("KILL");
        for (var i = 0; i < 200 && !(recording.IsLost && playing.IsLost); i++) await Task.Delay(5);
        Assert.True(recording.IsLost, "the microphone does not say so");
        Assert.True(playing.IsLost, "the loudspeaker does not say so");
        Assert.Equal(AudioWait.Lost, sink.Wait(1000));
        Assert.Equal(AudioWait.Lost, sink.Idle(1000));
        Assert.Equal((0, 0), (sink.Writable, sink.Write(new float[240])));
        Assert.InRange(recording.Turns, 1, 400);
        var refused = Assert.Throws<AudioDeviceException>(
            () => AlsaAudioSink.Open(new AlsaStreamSettings(PulseAudioFixture.Loudspeaker, Rate), TimeProvider.System));
        Assert.Contains("sound server that does not answer", refused.Message);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = _sound.Start("kill", "-s", signal, $"{_sound.ServerId}");
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    // A tone without end on a thread of its own.
    private sealed class Playing : IDisposable
    {
        private readonly AlsaAudioSink _sink;
        private readonly Thread _thread;
        private bool _stopping;
        private readonly ManualResetEventSlim _mayRun = new(true);
        private long _written;

        public Playing(AlsaAudioSink sink)
        {
            _sink = sink;
            _thread = new Thread(Run) { Name = "test-playback" };
            _thread.Start();
        }

        /// <summary>Nothing is written and nothing asked, as by a thread that is not let run.</summary>
        public void Rest() => _mayRun.Reset();

        public void GoOn() => _mayRun.Set();

        public bool IsLost { get; private set; }

        public int Xruns { get; private set; }

        public long Written => Volatile.Read(ref _written);

        public void Dispose()
        {
            Volatile.Write(ref _stopping, true);
            _mayRun.Set();
            _sink.Wake();
            _thread.Join();
            _mayRun.Dispose();
        }

        private void Run()
        {
            var tone = new float[Rate / 100];
            Core.Audio.PcmConvert.ToFloat(Tone.Sine(1_000, 10, Rate), tone);
            while (!Volatile.Read(ref _stopping))
            {
                _mayRun.Wait();
                if (_sink.Writable >= tone.Length) Volatile.Write(ref _written, _written + _sink.Write(tone));
                var wait = _sink.Wait(200);
                if (wait == AudioWait.Xrun) Xruns++;
                if (wait != AudioWait.Lost) continue;
                IsLost = true;
                return;
            }
        }
    }
}

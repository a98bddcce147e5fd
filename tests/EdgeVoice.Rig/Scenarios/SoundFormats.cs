using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>Every layout, channel count and rate that a card may insist on, and a minute of sound there and back.</summary>
internal static class SoundFormats
{
    private const int SignalMs = 120;
    private static readonly (int Rate, int Channels)[] Kinds = [(8_000, 1), (44_100, 2), (96_000, 8)];
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Scenario(Boot.Quick, limitSeconds: 120)]
    public static async Task EveryLayoutIsPlayedExactly(Pi pi)
    {
        foreach (var layout in RawLayout.All)
            foreach (var (rate, channels) in Kinds)
            {
                var file = pi.FileOf($"played-{layout}-{channels}.raw");
                var recording = LoopbackCard.Speaker.RecordRaw(pi, file, layout.Name, rate, channels);
                await pi.UntilAsync(() => File.Exists(file) && new FileInfo(file).Length > 0, Long, "the recording");
                var sent = Signal(rate, channels);
                var floats = new float[sent.Length];
                PcmConvert.ToFloat(sent, floats);
                using (var sink = AlsaAudioSink.Open(Settings(LoopbackCard.Speaker.In, rate, channels, layout), TimeProvider.System))
                {
                    pi.Expect(sink.Format.Rate == rate && sink.Format.Channels == channels && sink.SampleFormat == layout.Format, $"{layout}: {sink.Format}, {sink.SampleFormat}");
                    await Task.Run(() => Play(sink, floats));
                }

                await recording.SignalAsync("INT");
                await recording.ExitAsync(Long);
                Expect(pi, $"{layout} {rate} Hz, {channels} channels, played", sent, Decode(layout, File.ReadAllBytes(file)), channels);
            }
    }

    [Scenario(Boot.Quick, limitSeconds: 120)]
    public static async Task EveryLayoutIsCapturedExactly(Pi pi)
    {
        foreach (var layout in RawLayout.All)
            foreach (var (rate, channels) in Kinds)
            {
                var sent = Signal(rate, channels);
                var file = pi.FileOf($"sent-{layout}-{channels}.raw");
                await File.WriteAllBytesAsync(file, [.. Encode(layout, sent), .. new byte[rate / 10 * channels * layout.Bytes]]);
                using var source = AlsaAudioSource.Open(Settings(LoopbackCard.Mic.Out, rate, channels, layout), TimeProvider.System);
                pi.Expect(source.Format.Rate == rate && source.Format.Channels == channels && source.SampleFormat == layout.Format, $"{layout}: {source.Format}, {source.SampleFormat}");
                source.Start();
                using var enough = CancellationTokenSource.CreateLinkedTokenSource(pi.Stop);
                var hears = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var recording = Task.Run(() => Record(source, hears, enough.Token));
                await Task.WhenAny(hears.Task, recording).WaitAsync(Long, pi.Stop);
                var playing = LoopbackCard.Mic.PlayRaw(pi, file, layout.Name, rate, channels);
                pi.Expect(await playing.ExitAsync(Long) == 0, $"aplay: {playing.LastLine}");
                // What the card still holds is read, too.
                await pi.PauseAsync(1_000);
                await enough.CancelAsync();
                Expect(pi, $"{layout} {rate} Hz, {channels} channels, captured", sent, await recording, channels);
            }
    }

    /// <summary>Two cards at 48 kHz, the device's 24 kHz between them: two resamplings, both audio threads, and not a sample too many.</summary>
    [Scenario(Boot.Quick, limitSeconds: 240)]
    public static async Task AMinuteThereAndBackIsTrueToTenPpm(Pi pi)
    {
        const int Rate = 48_000;
        const int Seconds = 60;
        var sent = Tone.Chirp(300, 3_000, Seconds * 1000, Rate);
        var (file, heard) = (pi.FileOf("minute.wav"), "/tmp/minute-heard.wav");
        using (var writer = new WavWriter(file, Rate, 1))
        {
            writer.Write(sent);
            writer.Write(new short[Rate]);
        }

        var recording = pi.StartWorld(
            "arecord", "-q", "-D", LoopbackCard.Speaker.Out, "-f", "S16_LE", "-r", $"{Rate}", "-c", "1", LoopbackCard.Period, LoopbackCard.Buffer, heard);
        await pi.UntilAsync(() => File.Exists(heard) && new FileInfo(heard).Length > 1_000, Long, "the recording");
        // Latency is not the matter: the buffers are deep, so that a busy host is no fault.
        using var repeater = new Repeater(
            new AlsaStreamSettings(LoopbackCard.Mic.Out, Rate) { Periods = 30 }, new AlsaStreamSettings(LoopbackCard.Speaker.In, Rate) { Periods = 30 },
            TimeProvider.System);
        await pi.UntilAsync(() => repeater.Hears && repeater.LoudspeakerRate == Rate, Long, "both cards at 48 kHz");
        var playing = LoopbackCard.Mic.PlayFile(pi, file);
        pi.Expect(await playing.ExitAsync(TimeSpan.FromSeconds(Seconds + 30)) == 0, $"aplay: {playing.LastLine}");
        await pi.PauseAsync(1_500);
        await recording.SignalAsync("INT");
        await recording.ExitAsync(Long);
        var found = Comparison.Of(sent, WavFile.Read(heard).ToMono16(Rate), Rate);
        var ppm = (found.Pitch - 1) * 1e6;
        pi.Tell($"{Seconds} s at 48 kHz to 24 kHz and back: {found}, that is {ppm:0.00} ppm; {repeater.Faults} faults");
        pi.Expect(repeater.Faults == 0 && found.GapMs == 0 && Math.Abs(found.GainDb) < 0.1, $"{found}, {repeater.Faults} faults");
        pi.Expect(Math.Abs(ppm) <= 10, $"the pitch is off by {ppm:0.0} ppm");
    }

    private static AlsaStreamSettings Settings(string device, int rate, int channels, RawLayout layout) =>
        new(device, rate) { Channels = channels, Format = layout.Format, Periods = 20 };

    // Interleaved; no two channels alike.
    private static short[] Signal(int rate, int channels)
    {
        var random = new Random(7);
        var samples = new short[rate * SignalMs / 1000 * channels];
        for (var i = 0; i < samples.Length; i++) samples[i] = (short)random.Next(-30_000, 30_000);
        return samples;
    }

    private static byte[] Encode(RawLayout layout, short[] samples)
    {
        var bytes = new byte[samples.Length * layout.Bytes];
        for (var i = 0; i < samples.Length; i++) layout.Put(samples[i], bytes.AsSpan(i * layout.Bytes));
        return bytes;
    }

    private static double[] Decode(RawLayout layout, byte[] bytes)
    {
        var samples = new double[bytes.Length / layout.Bytes];
        for (var i = 0; i < samples.Length; i++) samples[i] = layout.Take(bytes.AsSpan(i * layout.Bytes));
        return samples;
    }

    private static void Play(AlsaAudioSink sink, float[] samples)
    {
        var channels = sink.Format.Channels;
        float[] all = [.. samples, .. new float[sink.Format.Rate / 10 * channels]];
        for (var at = 0; at < all.Length;)
        {
            at += sink.Write(all.AsSpan(at, Math.Min(all.Length - at, sink.Writable * channels))) * channels;
            if (sink.Wait(1_000) is AudioWait.Lost or AudioWait.TimedOut) throw new ScenarioFailedException("the card stands still");
        }

        // Until the last of it has left the card.
        while (sink.Status().Delay > sink.Format.PeriodFrames) sink.Wait(20);
    }

    private static double[] Record(AlsaAudioSource source, TaskCompletionSource hears, CancellationToken stop)
    {
        var channels = source.Format.Channels;
        var block = new float[source.Format.BufferFrames * channels];
        // Room for four seconds: a list that grows is a pause in which the card runs over.
        var heard = new List<double>(source.Format.Rate * channels * 4);
        while (!stop.IsCancellationRequested)
        {
            if (source.Wait(1_000) is AudioWait.Lost or AudioWait.TimedOut) throw new ScenarioFailedException("the card stands still");
            var read = source.Read(block, out _, out _) * channels;
            if (read > 0) hears.TrySetResult();
            foreach (var sample in block.AsSpan(0, read)) heard.Add(sample * 32_768.0);
        }

        return [.. heard];
    }

    // The signal's place is where its first frame is; from there on everything must be it.
    private static void Expect(Pi pi, string what, short[] sent, double[] heard, int channels)
    {
        var at = 0;
        while (at + sent.Length <= heard.Length && !IsThere(sent, heard, at, channels * 4)) at += channels;
        var wrong = 0;
        for (var i = 0; i < sent.Length && at + i < heard.Length; i++)
            if (heard[at + i] != sent[i]) wrong++;
        var whole = at + sent.Length <= heard.Length;
        pi.Note($"{what}: at frame {at / channels}, {wrong} samples are others");
        pi.Expect(whole && wrong == 0, whole ? $"{what}: {wrong} of {sent.Length} samples are others" : $"{what}: not found");
    }

    private static bool IsThere(short[] sent, double[] heard, int at, int count)
    {
        for (var i = 0; i < count; i++)
            if (heard[at + i] != sent[i]) return false;
        return true;
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>How long things take, seen on a recording of what left the card.</summary>
internal static class Latency
{
    private const int Rate = LoopbackCard.Rate;
    private const int PeriodMs = 10;

    // A host that does not let the guest run makes no statement about the device.
    private const double StoodStillMs = 5;
    private const long BufferNs = 3 * PeriodMs * 1_000_000L;
    private const int AnswerMs = 400;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    // Not in the scenario's folder, which is the host's: a write there may take a second.
    private const string Heard = "/tmp/latency.wav";

    // The end that the device plays into, and the end that the world records from.
    private const string Played = "Speaker/pcm0p/sub0";
    private const string Recorded = "Speaker/pcm1c/sub0";

    /// <summary>
    /// An answer comes in, is heard, and somebody speaks into it, at random moments: from the message to the sound, from the order to
    /// silence, and what the device says was heard against what was.
    /// </summary>
    [Scenario(Boot.Quick, limitSeconds: 300)]
    public static Task SoundStartsAndStopsAtOnce(Pi pi) => MeasureAsync(pi, 200);

    [Scenario(Boot.Quick, limitSeconds: 1_200, Full = true)]
    public static Task SoundStartsAndStopsAtOnceAThousandTimes(Pi pi) => MeasureAsync(pi, 1_000);

    private static async Task MeasureAsync(Pi pi, int count)
    {
        double? measured = null;
        for (var i = 0; measured is null && i < 5; i++) measured = await LoopbackMsAsync(pi);
        pi.Expect(measured is not null, "the world's own player ran dry in every measurement of the loopback");
        var constantMs = measured!.Value;
        pi.Tell($"the loopback itself: {constantMs:0.00} ms, measured with aplay and arecord at periods of {PeriodMs} ms, taken off below");
        var random = new Random(4);
        var answer = Answer();
        var message = Speech.Message(answer);
        var recording = await RecordAsync(pi);
        var clock = CardClock.Of(pi, Recorded);
        var trials = new List<Trial>();
        using (var speech = new Speech(LoopbackCard.Speaker.In, TimeProvider.System))
        {
            await pi.PauseAsync(500);
            var good = 0;
            while (good < count && trials.Count < 2 * count)
            {
                // The card is at times still running from the answer before, at times at rest.
                await pi.PauseAsync(random.Next(40, 260));
                var received = speech.Receive(message);
                await pi.PauseAsync(random.Next(60, 140));
                var ordered = speech.BargeIn();
                var said = await speech.HeardAsync(pi);
                // The ramp and the silence behind it have gone out.
                await pi.PauseAsync(40);
                var trial = new Trial(received, ordered, said, clock.Step());
                trials.Add(trial);
                if (!pi.Host.StoodStill(received - BufferNs, trial.Clock.Ns, StoodStillMs)) good++;
            }

            pi.Note($"{speech.StopMethod}; {speech.Counters.Xruns} xruns");
        }

        await EndAsync(pi, recording);
        Judge(pi, count, trials, Sounds.Find(WavFile.Read(Heard).ToMono16(Rate), Rate), answer, constantMs);
    }

    private static void Judge(Pi pi, int wanted, List<Trial> trials, IReadOnlyList<SoundSpan> sounds, short[] answer, double constantMs)
    {
        var (starts, stops, positions) = (new List<double>(), new List<double>(), new List<double>());
        var (undisturbed, deaf) = (0, 0);
        foreach (var trial in trials)
        {
            if (pi.Host.StoodStill(trial.ReceivedNs - BufferNs, trial.Clock.Ns, StoodStillMs)) continue;
            undisturbed++;
            var own = sounds.Where(sound => trial.Clock.TimeOf(sound.From) >= trial.ReceivedNs && trial.Clock.TimeOf(sound.From) < trial.Clock.Ns).ToList();
            if (own.Count != 1)
            {
                pi.Note($"{trial}: {own.Count} sounds");
                deaf++;
                continue;
            }

            var sound = own[0];
            var start = (trial.Clock.TimeOf(sound.From) - trial.ReceivedNs) / 1e6 - constantMs;
            var stop = (trial.Clock.TimeOf(sound.To) - trial.OrderedNs) / 1e6 - constantMs;
            starts.Add(start);
            stops.Add(stop);
            var heard = sound.Like(answer);
            positions.Add(Math.Abs(trial.SaidSamples - heard) * 1000.0 / Rate);
            if (positions[^1] > 2 || start > 35 || stop > 20) pi.Note($"{trial}: {sound.To - sound.From} samples, {heard} of the answer; {start:0.0} and {stop:0.0} ms");
        }

        pi.Tell($"{trials.Count} trials; {trials.Count - undisturbed} left out, in which the host stopped the guest for {StoodStillMs} ms or more");
        var (first, silence, position) = (new Spread(starts), new Spread(stops), new Spread(positions));
        pi.Tell($"sample received to sample leaving the card: {first}");
        pi.Tell($"barge-in ordered to silence: {silence}");
        pi.Tell($"heard as said, against as recorded: {position}");
        pi.Expect(undisturbed >= wanted / 2, $"only {undisturbed} of {trials.Count} trials could be judged");
        pi.Expect(deaf == 0, $"{deaf} answers were not heard as one sound");
        pi.Expect(first.P99 <= 3 * PeriodMs + 5, $"from a message to the sound: {first}");
        pi.Expect(silence.P99 <= PeriodMs + 10, $"from the order to silence: {silence}");
        pi.Expect(position.Max <= 2, $"position heard: {position}");
    }

    // What aplay plays and arecord hears, by the kernel's own places of the two streams; null when aplay ran dry meanwhile.
    private static async Task<double?> LoopbackMsAsync(Pi pi)
    {
        const int Click = Rate / 2;
        var clicks = new short[Rate * 2];
        Answer().CopyTo(clicks, Click);
        var sent = pi.FileOf("constant.wav");
        using (var writer = new WavWriter(sent, Rate, 1)) writer.Write(clicks);
        var recording = await RecordAsync(pi);
        var playing = pi.StartWorld(
            "aplay", "-q", "-D", LoopbackCard.Speaker.In, $"--period-time={PeriodMs * 1000}", $"--buffer-time={PeriodMs * 3000}", sent);
        await pi.PauseAsync(500);
        var (recorded, played) = (CardClock.Of(pi, Recorded), CardClock.Of(pi, Played));
        var between = new List<double>();
        for (var i = 0; i < 25; i++)
        {
            await pi.PauseAsync(20);
            var (capture, playback) = (recorded.Step(), played.Read());
            between.Add((capture.TimeOf(0) - playback.TimeOf(0)) / 1e6);
        }

        pi.Expect(await playing.ExitAsync(Long) == 0, $"aplay: {playing.LastLine}");
        await EndAsync(pi, recording);
        if (playing.Output.Contains("underrun", StringComparison.Ordinal)) return null;
        var sound = Sounds.Find(WavFile.Read(Heard).ToMono16(Rate), Rate)[0];
        // Frame Click left the one end and frame From was taken at the other: the difference of the two times is what it took.
        return new Spread(between).Median + (sound.From - Click) * 1000.0 / Rate;
    }

    private static async Task<ChildProcess> RecordAsync(Pi pi)
    {
        File.Delete(Heard);
        var recording = LoopbackCard.Speaker.Record(pi, Heard);
        await pi.UntilAsync(() => File.Exists(Heard) && new FileInfo(Heard).Length > 1_000, Long, "the recording");
        return recording;
    }

    // What was lost in between would shift all that follows.
    private static async Task EndAsync(Pi pi, ChildProcess recording)
    {
        await recording.SignalAsync("INT");
        await recording.ExitAsync(Long);
        File.Copy(Heard, pi.FileOf("heard.wav"), overwrite: true);
        pi.Expect(!recording.Output.Contains("overrun", StringComparison.Ordinal), $"the world's own recording lost sound: {recording.LastLine}");
    }

    // From its first sample on as loud as it ever is, and no two moments of it alike.
    private static short[] Answer()
    {
        var samples = new short[AnswerMs * Rate / 1000];
        for (var i = 0; i < samples.Length; i++)
        {
            var t = (double)i / Rate;
            samples[i] = (short)(12_000 * Math.Cos(2 * Math.PI * (400 * t + 1_000 * t * t)));
        }

        return samples;
    }

    private sealed record Trial(long ReceivedNs, long OrderedNs, long SaidSamples, CardClock.Place Clock);
}

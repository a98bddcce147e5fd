using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

internal static class SoundCards
{
    private const int Rate = LoopbackCard.Rate;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task CapturedSoundIsBitExact(Pi pi)
    {
        var sent = Tone.Chirp(300, 1_500, 1_000, Rate);
        using var source = DevicePort.Microphone(LoopbackCard.Mic.Out);
        pi.Note($"{source.Format}, {source.SampleFormat}");
        source.Start();
        // A player's start may take seconds in a guest that has not yet read it from its disk.
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(pi.Stop);
        var recording = Task.Run(() => DevicePort.Record(source, 30 * Rate, enough.Token));
        var playing = LoopbackCard.Mic.Play(pi, sent);
        pi.Expect(await playing.ExitAsync(Long) == 0, $"aplay: {playing.LastLine}");
        await pi.PauseAsync(200);
        await enough.CancelAsync();
        var (heard, xruns, lost) = await recording;
        ExpectExact(pi, sent, heard);
        pi.Expect(xruns == 0 && !lost, $"{xruns} xruns, lost: {lost}");
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task PlayedSoundIsBitExact(Pi pi)
    {
        var sent = Tone.Chirp(300, 1_500, 1_000, Rate);
        var file = pi.FileOf("heard.wav");
        var recording = LoopbackCard.Speaker.Record(pi, file, seconds: 3);
        await StartedAsync(pi, file);
        using var sink = DevicePort.Loudspeaker(LoopbackCard.Speaker.In);
        pi.Note($"{sink.Format}, {sink.SampleFormat}, stops by {sink.StopMethod}");
        var xruns = await DevicePort.PlayAsync(sink, [.. sent, .. new short[Rate / 10]]);
        pi.Expect(await recording.ExitAsync(Long) == 0, $"arecord: {recording.LastLine}");
        ExpectExact(pi, sent, WavFile.Read(file).ToMono16(Rate));
        pi.Expect(xruns == 0, $"{xruns} xruns");
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task StoppedSoundEndsAtOnceWithoutAClick(Pi pi)
    {
        const int Stops = 8;
        var file = pi.FileOf("heard.wav");
        var recording = LoopbackCard.Speaker.Record(pi, file);
        await StartedAsync(pi, file);
        using var sink = DevicePort.Loudspeaker(LoopbackCard.Speaker.In);
        pi.Expect(sink.StopMethod == "rewind", $"the loopback card is stopped by {sink.StopMethod}");
        List<int> lengths = [];
        HashSet<int> overtaken = [];
        long passed = 0;
        for (var i = 0; i < Stops; i++)
        {
            var before = sink.Status().Written;
            DevicePort.Play(sink, Tone.Sine(1_000, 300, Rate).AsSpan(0, Rate * 250 / 1000 + 37 * i));
            var status = sink.Status();
            var end = sink.Drop();
            lengths.Add((int)(end - before));
            // A busy host holds the whole guest between two system calls: then the card has passed the place, or run dry.
            if (end >= status.Written || sink.Overtaken > passed) overtaken.Add(i);
            passed = sink.Overtaken;
            pi.Note($"stopped {end - (status.Written - status.Delay)} frames after what was heard, {status.Written - end} taken back");
            pi.Expect(sink.StopMethod == "rewind", "the card is no longer rewound");
            pi.Expect(sink.Idle(200) == AudioWait.TimedOut, "the end of the silence is no event");
        }

        await recording.SignalAsync("INT");
        await recording.ExitAsync(Long);
        var heard = WavFile.Read(file).ToMono16(Rate);
        var sounds = Sounds.Find(heard, Rate);
        pi.Note($"{overtaken.Count} stops were overtaken");
        pi.Expect(sounds.Count == Stops, $"{sounds.Count} sounds are heard");
        pi.Expect(overtaken.Count <= Stops / 4, $"{overtaken.Count} of {Stops} stops were overtaken");
        for (var i = 0; i < Stops; i++)
        {
            if (overtaken.Contains(i)) continue;
            var (from, to) = (sounds[i].From, sounds[i].To);
            // The last samples of the ramp are too quiet to be seen.
            var ramp = to - from - lengths[i];
            var around = heard.AsSpan(to - Rate / 50, Rate / 25);
            var click = HighBand.PeakDb(around, 8_000, Rate);
            var cut = around.ToArray();
            cut.AsSpan(cut.Length / 2 - Rate * 4 / 1000 - 7).Clear();
            pi.Note($"{lengths[i]} frames and a ramp of {ramp}; over 8 kHz {click:0.0} dBFS, cut short {HighBand.PeakDb(cut, 8_000, Rate):0.0}");
            pi.Expect(ramp is > 60 and <= 100, $"it sounds {ramp} frames beyond what Drop said");
            pi.Expect(click < -40, $"a click of {click:0.0} dBFS");
        }
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task BusyCardNamesItsHolder(Pi pi)
    {
        var file = pi.FileOf("heard.wav");
        var holder = LoopbackCard.Record(pi, $"{LoopbackCard.Mic.Out},SUBDEV=0", file);
        await StartedAsync(pi, file);
        var problem = "";
        try
        {
            DevicePort.Microphone($"{LoopbackCard.Mic.Out},SUBDEV=0").Dispose();
        }
        catch (AudioDeviceException e)
        {
            problem = e.Message;
        }

        pi.Note(problem);
        pi.Expect(problem.Contains($"arecord (pid {holder.Id}) holds it", StringComparison.Ordinal), $"it says '{problem}'");
        pi.Expect(AlsaDevices.List().Single(one => one.Words == LoopbackCard.Mic.Out).HeldBy == $"arecord (pid {holder.Id})", "the list does not say who holds it");
    }

    [Scenario(Boot.Quick, limitSeconds: 120)]
    public static async Task UsbMicrophonePulledOutIsLostAndComesBack(Pi pi)
    {
        var card = await UsbSoundCard.PlugAsync(pi);
        foreach (var one in AlsaDevices.List()) pi.Note($"{one}");
        var listed = AlsaDevices.List().Single(one => one.UsbId == "usb:1d6b:0101" && one.IsCapture);
        pi.Expect(listed.UsbPort is not null && AlsaDevices.Resolve(listed.UsbPort, capture: true) == listed.Words, $"its port is {listed.UsbPort}");
        await ExpectGainAsync(pi, listed);
        var tone = pi.FileOf("tone.wav");
        using (var writer = new WavWriter(tone, Rate, 1)) writer.Write(Tone.Sine(440, 30_000, Rate));
        for (var i = 0; i < 3; i++)
        {
            await using var world = LoopbackCard.PlayFile(pi, $"plughw:CARD={UsbSoundCard.World}", tone);
            using var source = DevicePort.Microphone("usb:1d6b:0101");
            source.Start();
            var (heard, _, _) = await Task.Run(() => DevicePort.Record(source, Rate / 2, pi.Stop));
            pi.Expect(heard.Length == Rate / 2, $"{heard.Length} frames are heard");
            var rest = Task.Run(() => (Last: DevicePort.Record(source, 20 * Rate, pi.Stop), At: Pi.Now()));
            await pi.PauseAsync(50);
            var pulled = Pi.Now();
            UsbSoundCard.Unplug();
            var (last, at) = await rest;
            pi.Note($"lost {(at - pulled) / 1e6:0.0} ms after, {last.Xruns} xruns before");
            pi.Expect(last.Lost && at - pulled < 200_000_000, $"lost: {last.Lost}, after {(at - pulled) / 1e6:0} ms");
            source.Dispose();
            await pi.UntilAsync(() => UsbSoundCard.Card is null, Long, "the card's disappearance");
            await world.DisposeAsync();
            await card.PlugAsync();
        }
    }

    private static async Task ExpectGainAsync(Pi pi, SoundDevice card)
    {
        using var loopback = AlsaMixer.TryOpen(LoopbackCard.Mic.Out, capture: true);
        pi.Expect(loopback is not null && !loopback.SetCaptureGain(50) && !loopback.SetPlaybackVolume(50), "a loopback card has no volume, and says it has");
        using var mixer = AlsaMixer.TryOpen("usb:1d6b:0101", capture: true);
        await ExpectControlAsync(pi, card, mixer?.CaptureControl, percent => mixer!.SetCaptureGain(percent));
        await ExpectControlAsync(pi, card, mixer?.PlaybackControl, percent => mixer!.SetPlaybackVolume(percent));
    }

    // amixer looks from outside.
    private static async Task ExpectControlAsync(Pi pi, SoundDevice card, string? control, Func<int, bool> set)
    {
        pi.Expect(control is not null, "the card has no such control");
        foreach (var percent in (int[])[0, 100])
        {
            pi.Expect(set(percent), $"{control} is not set to {percent}");
            var seen = await pi.RunAsync("amixer", "-c", card.Card!, "sget", control!);
            pi.Expect(seen.Contains($"[{percent}%]", StringComparison.Ordinal), $"{control} was set to {percent}, amixer sees {seen}");
        }
    }

    private static async Task StartedAsync(Pi pi, string file) =>
        await pi.UntilAsync(() => File.Exists(file) && new FileInfo(file).Length > 1_000, Long, "the recording");

    private static void ExpectExact(Pi pi, short[] sent, short[] heard)
    {
        var found = Comparison.Of(sent, heard, Rate);
        var wrong = 0;
        for (var i = 0; i < sent.Length; i++)
            if (found.Delay + i >= heard.Length || heard[found.Delay + i] != sent[i]) wrong++;
        pi.Note($"{found}, {wrong} samples are others");
        pi.Expect(wrong == 0, $"{wrong} of {sent.Length} samples are others: {found}");
    }
}

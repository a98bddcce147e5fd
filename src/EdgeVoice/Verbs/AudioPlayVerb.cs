using System.CommandLine;
using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Sound;

namespace EdgeVoice.Verbs;

/// <summary><c>audio play</c>: a file through a loudspeaker.</summary>
internal static class AudioPlayVerb
{
    private const int LowestCardRate = 8_000;
    private const int HighestCardRate = 96_000;
    private const int MostChannels = 8;

    public static Command Create(TextWriter output, TextWriter error)
    {
        var input = new Argument<string>("IN.wav") { Description = "Any WAV file: 8 to 32 bit, float, µ-law or A-law, any number of channels." }.NotEmpty();
        var device = AudioOptionRules.Device(capture: false);
        var volume = AudioOptionRules.Whole("--volume", "N", "Loudness,", 0, 100, 100);
        var command = new Command("play", "Plays a WAV file through a loudspeaker.") { input, device, volume };
        command.SetAction((parsed, stop) => RunAsync(
            parsed.GetRequiredValue(input), parsed.GetValue(device), parsed.GetValue(volume), output, error, stop));
        return command;
    }

    private static async Task<int> RunAsync(string input, string? device, int volume, TextWriter output, TextWriter error, CancellationToken stop)
    {
        // From here on a signal finds a task to wait for; without one the program would be ended in the middle of its start.
        await Task.Yield();
        try
        {
            var audio = WavFile.Read(input);
            var told = await SoundThread.RunAsync("ev-play", raised => Play(audio, input, device, volume, raised, stop)).ConfigureAwait(false);
            await output.WriteLineAsync(told).ConfigureAwait(false);
            return 0;
        }
        catch (WavFormatException e)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return Program.UsageError;
        }
    }

    private static string Play(WavAudio audio, string input, string? named, int volume, string? notRaised, CancellationToken stop)
    {
        var device = SoundPorts.Choose(named, capture: false);
        using var sink = SoundPorts.OpenSink(
            device, Math.Clamp(audio.Rate, LowestCardRate, HighestCardRate), Math.Min(audio.Channels, MostChannels), TimeProvider.System);
        var frames = Fit(audio, sink.Format, volume);
        var player = new SoundPlayer(sink, device, TimeProvider.System);
        if (!player.Run(frames, stop)) throw new OperationCanceledException(stop);
        if (sink is SimulatedSink { FileFailure: { } failure }) throw new AudioDeviceException($"playback device '{device}': {failure}");
        var dry = player.Underruns == 0 ? "nothing lost" : $"ran dry {player.Underruns} times{(notRaised is null ? "" : "; " + notRaised)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{input}: {(double)audio.Frames / audio.Rate:0.000} s played through {device} at {sink.Format.Rate} Hz, {dry}");
    }

    // Channels that the card has not are mixed; then rate and volume, as on the way of an answer.
    private static float[] Fit(WavAudio audio, in AudioStreamFormat card, int volume)
    {
        var channels = card.Channels;
        if (audio.Channels != channels) audio = Mixed(audio);
        var frames = SoundConversion.Resample(audio, card.Rate);
        var gain = VolumeCurve.ToGain(volume);
        if (gain != 1)
        {
            foreach (ref var sample in frames.AsSpan()) sample *= gain;
            new Dither().Add(frames);
        }

        if (audio.Channels == channels) return frames;
        var spread = new float[frames.Length * channels];
        ChannelMixer.FromMono(frames, channels, spread);
        return spread;
    }

    private static WavAudio Mixed(WavAudio audio)
    {
        var mono = new float[audio.Frames];
        ChannelMixer.ToMono(audio.Interleaved, audio.Channels, -1, mono);
        return new WavAudio(mono, audio.Rate, 1);
    }
}

using System.CommandLine;
using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Sound;

namespace EdgeVoice.Verbs;

/// <summary><c>audio record</c>: a microphone into a file, as the device hears it.</summary>
/// <remarks>Ctrl-C is a proper end. What was recorded before a fault is kept.</remarks>
internal static class AudioRecordVerb
{
    private const int LowestRate = 8_000;
    private const int HighestRate = 96_000;
    private const int DefaultRate = 24_000;

    private sealed record Order(string File, string? Device, double? Seconds, int Rate, int Channel);

    public static Command Create(TextWriter output, TextWriter error)
    {
        var target = new Argument<string>("OUT.wav") { Description = "Written as 16-bit mono; replaced where it exists." }.NotEmpty();
        var device = AudioOptionRules.Device(capture: true);
        var seconds = AudioOptionRules.Seconds("How long to record; without it until Ctrl-C.");
        var rate = AudioOptionRules.Whole("--rate", "HZ", "Samples a second,", LowestRate, HighestRate, DefaultRate);
        var channel = AudioOptionRules.Channel();
        var command = new Command("record", "Records a microphone into a WAV file.") { target, device, seconds, rate, channel };
        command.SetAction((parsed, stop) => RunAsync(
            new Order(parsed.GetRequiredValue(target), parsed.GetValue(device), parsed.GetValue(seconds), parsed.GetValue(rate), parsed.GetValue(channel)),
            output, error, stop));
        return command;
    }

    private static async Task<int> RunAsync(Order order, TextWriter output, TextWriter error, CancellationToken stop)
    {
        // From here on a signal finds a task to wait for; without one the program would be ended in the middle of its start.
        await Task.Yield();
        try
        {
            var told = await SoundThread.RunAsync("ev-record", raised => Record(order, raised, output, stop)).ConfigureAwait(false);
            await output.WriteLineAsync(told).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is not AudioDeviceException && e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(AudioFile.NotWritten(order.File, e)).ConfigureAwait(false);
            return AudioOptionRules.DeviceMissing;
        }
    }

    private static string Record(Order order, string? notRaised, TextWriter output, CancellationToken stop)
    {
        var device = SoundPorts.Choose(order.Device, capture: true);
        using var source = SoundPorts.OpenSource(device, order.Rate, order.Channel, TimeProvider.System);
        // Only now: a microphone that is missing must not cost an older recording.
        using var wav = new WavWriter(order.File, order.Rate, 1);
        var most = order.Seconds is { } seconds ? Math.Max(1, (long)Math.Round(seconds * order.Rate)) : long.MaxValue;
        var recorder = new WavRecorder(wav, source.Format.Rate, order.Rate, most);
        var reader = new SoundReader(source, device, order.Channel, TimeProvider.System);
        output.WriteLine($"recording from {device} at {source.Format.Rate} Hz{(order.Seconds is null ? "; Ctrl-C ends it" : "")}");
        try
        {
            reader.Run(mono => recorder.Add(mono), stop);
        }
        finally
        {
            recorder.End();
        }

        return Told(order, wav, reader, notRaised);
    }

    private static string Told(Order order, WavWriter wav, SoundReader reader, string? notRaised)
    {
        var length = string.Create(CultureInfo.InvariantCulture, $"{order.File}: {(double)wav.Frames / order.Rate:0.000} s at {order.Rate} Hz");
        return reader.Overruns == 0
            ? $"{length}, nothing lost"
            : $"{length}, {reader.LostFrames} frames lost in {reader.Overruns} overruns (silence stands for them){(notRaised is null ? "" : "; " + notRaised)}";
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Verbs;

/// <summary><c>audio</c>: offline and bench use of the very code the device runs.</summary>
internal static class AudioVerb
{
    private const int OutputFailed = 3;

    public static Command Create(TextWriter output, TextWriter error) =>
        new("audio", "The device's own audio code, used on files.") { CreateResample(output, error) };

    private static Command CreateResample(TextWriter output, TextWriter error)
    {
        var input = new Argument<string>("IN.wav") { Description = "Any WAV file: 8 to 32 bit, float, µ-law or A-law, any number of channels." }.NotEmpty();
        var target = new Argument<string>("OUT.wav") { Description = "Written as 16-bit PCM with the same channels; replaced where it exists." }.NotEmpty();
        var rate = new Option<int>("--rate")
        {
            Description = $"Samples a second, {Resampler.LowestRate} to {Resampler.HighestRate}.",
            HelpName = "HZ",
            Required = true,
            CustomParser = ParseRate,
        };
        var command = new Command("resample", "Converts a WAV file to another sample rate, in time with the original.") { input, target, rate };
        command.SetAction(parsed => Resample(
            parsed.GetRequiredValue(input), parsed.GetRequiredValue(target), parsed.GetRequiredValue(rate), output, error));
        return command;
    }

    private static int ParseRate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate)
            && rate is >= Resampler.LowestRate and <= Resampler.HighestRate)
            return rate;
        result.AddError($"--rate {text}: a whole number of Hz from {Resampler.LowestRate} to {Resampler.HighestRate} is meant.");
        return 0;
    }

    private static int Resample(string input, string target, int rate, TextWriter output, TextWriter error)
    {
        WavAudio source;
        try
        {
            source = WavFile.Read(input);
        }
        catch (WavFormatException exception)
        {
            error.WriteLine(exception.Message);
            return Program.UsageError;
        }

        if ((long)source.Frames * rate / source.Rate * source.Channels > WavFile.LargestSamples)
        {
            error.WriteLine($"{input}: more than {WavFile.LargestSamples} samples at {rate} Hz; cut it into shorter files");
            return Program.UsageError;
        }

        var converted = Convert(source, rate);
        try
        {
            using var writer = new WavWriter(target, rate, source.Channels);
            writer.Write(converted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{target}: cannot be written ({exception.Message}); check the folder, its permissions and the space left");
            return OutputFailed;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{target}: {converted.Length / source.Channels} frames at {rate} Hz, from {source.Frames} at {source.Rate} Hz"));
        return 0;
    }

    // Every channel through a filter of its own; its delay is cut off at the front and made good by its end.
    private static short[] Convert(WavAudio source, int rate)
    {
        var channels = source.Channels;
        var resampler = new Resampler(source.Rate, rate);
        var frames = resampler.MaxOutput(source.Frames);
        var channel = new float[source.Frames];
        var filtered = new float[frames + resampler.FlushCount];
        var samples = new short[frames];
        var interleaved = new short[frames * channels];
        for (var c = 0; c < channels; c++)
        {
            for (var i = 0; i < channel.Length; i++) channel[i] = source.Interleaved[i * channels + c];
            var produced = resampler.Process(channel, filtered);
            resampler.Flush(filtered.AsSpan(produced));
            PcmConvert.ToInt16(filtered.AsSpan(resampler.FlushCount, frames), samples);
            for (var i = 0; i < frames; i++) interleaved[i * channels + c] = samples[i];
        }

        return interleaved;
    }
}

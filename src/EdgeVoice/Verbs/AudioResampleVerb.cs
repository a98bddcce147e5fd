using System.CommandLine;
using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Sound;

namespace EdgeVoice.Verbs;

/// <summary><c>audio resample</c>: a file at another rate.</summary>
internal static class AudioResampleVerb
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var input = new Argument<string>("IN.wav") { Description = "Any WAV file: 8 to 32 bit, float, µ-law or A-law, any number of channels." }.NotEmpty();
        var target = new Argument<string>("OUT.wav") { Description = "Written as 16-bit PCM with the same channels; replaced where it exists." }.NotEmpty();
        var rate = AudioOptionRules.Whole("--rate", "HZ", "Samples a second,", Resampler.LowestRate, Resampler.HighestRate, null);
        var command = new Command("resample", "Converts a WAV file to another sample rate, in time with the original.") { input, target, rate };
        command.SetAction(parsed => Resample(
            parsed.GetRequiredValue(input), parsed.GetRequiredValue(target), parsed.GetRequiredValue(rate), output, error));
        return command;
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

        var dither = SoundConversion.HasMoreThan16Bits(source.Interleaved);
        var converted = SoundConversion.To16(SoundConversion.Resample(source, rate), dither);
        try
        {
            using var writer = new WavWriter(target, rate, source.Channels);
            writer.Write(converted);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine(AudioFile.NotWritten(target, exception));
            return AudioOptionRules.DeviceMissing;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{target}: {converted.Length / source.Channels} frames at {rate} Hz, from {source.Frames} at {source.Rate} Hz"));
        return 0;
    }
}

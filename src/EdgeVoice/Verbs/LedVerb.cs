using System.CommandLine;
using EdgeVoice.Core.Led;
using EdgeVoice.Lights;

namespace EdgeVoice.Verbs;

/// <summary><c>edgevoice led</c>: shows every look, on the lights or in pictures.</summary>
internal static class LedVerb
{
    private const double LongestSeconds = 3_600;
    private const int Pixels = 12;

    public static Command Create(TextWriter output, TextWriter error) => new("led", "Shows the looks of the lights.") { Test(output, error), Pictures(output) };

    private static Command Test(TextWriter output, TextWriter error)
    {
        var config = new Option<string?>("--config")
        {
            Description = $"Configuration file (default: ${RunVerb.Variable}, then {RunVerb.DefaultPath}).",
            HelpName = "FILE",
        }.NotEmpty();
        var seconds = new Option<double>("--seconds") { Description = "How long each look is shown.", DefaultValueFactory = _ => LedTest.UsualSeconds };
        seconds.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is > 0 and <= LongestSeconds)) result.AddError($"--seconds is above 0 and at most {LongestSeconds}.");
        });
        var command = new Command("test", "Shows every look in turn on the configured lights, each named here.") { config, seconds };
        command.SetAction((parsed, stop) => new LedTest(output, error, TimeProvider.System).RunAsync(
            parsed.GetValue(config) ?? Environment.GetEnvironmentVariable(RunVerb.Variable) ?? RunVerb.DefaultPath,
            TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop));
        return command;
    }

    // For hardware/lights.md; a test holds that its pictures are the ones that this makes.
    private static Command Pictures(TextWriter output)
    {
        var folder = new Option<string?>("--output") { Description = "Folder for the pictures.", HelpName = "DIR", Required = true }.NotEmpty();
        var command = new Command("pictures", "Draws every look as an animated picture (SVG).") { folder };
        command.Hidden = true;
        command.SetAction((parsed, _) => DrawAsync(parsed.GetValue(folder)!, output));
        return command;
    }

    private static async Task<int> DrawAsync(string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, svg) in LookPictures.All(Pixels))
            await File.WriteAllTextAsync(Path.Combine(folder, name), svg).ConfigureAwait(false);
        await output.WriteLineAsync($"{LookTour.All.Count} pictures in {folder}").ConfigureAwait(false);
        return 0;
    }
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;
using EdgeVoice.Device;
using EdgeVoice.Service;
using EdgeVoice.Terminal;

namespace EdgeVoice.Lights;

/// <summary>Every look in turn on the configured lights, by the loop and the renderer that the device uses.</summary>
/// <remarks>Exit codes: 0 all were shown, 2 the configuration is invalid, 3 there are no lights or they fail. In the end the ring is dark.</remarks>
internal sealed class LedTest(TextWriter output, TextWriter error, TimeProvider time)
{
    /// <summary>How long each look is shown unless said otherwise.</summary>
    public const double UsualSeconds = 3;

    private const int LightsMissing = 3;

    // Read by the lights' thread, one scene function at a time.
    private volatile Func<LedScene> _scene = static () => new LedScene { Link = LinkLook.Connected };

    public async Task<int> RunAsync(string path, TimeSpan each, CancellationToken stop)
    {
        // From here on a signal finds a task to wait for; without one the program would be ended in the middle of its start.
        await Task.Yield();
        var read = ConfigurationReader.Read(path, Backends.Iot is not null);
        foreach (var line in read.Errors) await error.WriteLineAsync($"edgevoice led test: {line}").ConfigureAwait(false);
        if (read.Options is not { } options) return Program.UsageError;
        if (options.Led.Device != "terminal")
        {
            using var ring = ConfiguredLights.Create(options.Led, null, Backends.Iot, out var problem);
            return ring is not null
                ? await ShowAsync(ring, options.Led, each, Print, stop).ConfigureAwait(false)
                : await MissingAsync(problem ?? $"led.device is \"{options.Led.Device}\" in {path}: name an SPI device or \"terminal\"").ConfigureAwait(false);
        }

        var isRedirected = !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected;
        var display = DeviceDisplays.Create(output, isRedirected, Environment.GetEnvironmentVariable, time, options.Led.Pixels);
        await using (display.ConfigureAwait(false))
            return await ShowAsync(display.Ring, options.Led, each, display.Note, stop).ConfigureAwait(false);
    }

    private async Task<int> ShowAsync(IPixelRing ring, LedOptions options, TimeSpan each, Action<string> name, CancellationToken stop)
    {
        var failed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var style = new StyleSource(options, time);
        var lights = new LedLoop(() => _scene() with { Style = style.Now() }, ring, time, e => failed.TrySetResult(e.Message));
        await using (lights.ConfigureAwait(false))
        {
            lights.Start();
            foreach (var sample in LookTour.All)
            {
                name(sample.Words);
                var began = time.NowNs();
                _scene = () => sample.Scene(began, time.NowNs());
                lights.Changed();
                await Task.WhenAny(failed.Task, Task.Delay(each, time, stop)).ConfigureAwait(false);
                stop.ThrowIfCancellationRequested();
                if (failed.Task.IsCompletedSuccessfully) return await MissingAsync(await failed.Task.ConfigureAwait(false)).ConfigureAwait(false);
            }
        }

        return 0;
    }

    private void Print(string line)
    {
        output.WriteLine(line);
        output.Flush();
    }

    private async Task<int> MissingAsync(string problem)
    {
        await error.WriteLineAsync($"edgevoice led test: {problem}").ConfigureAwait(false);
        return LightsMissing;
    }
}

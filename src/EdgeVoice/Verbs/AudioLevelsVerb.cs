using System.CommandLine;
using System.Text.Json;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Sound;
using EdgeVoice.Terminal;
using Spectre.Console;

namespace EdgeVoice.Verbs;

/// <summary><c>audio levels</c>: what a microphone hears, live.</summary>
/// <remarks>Exit codes: 0 done, 1 there was nothing but digital silence, which no real microphone delivers, 3 no device.</remarks>
internal static class AudioLevelsVerb
{
    private const int Rate = 48_000;
    private const int Silent = 1;

    private sealed record Order(string? Device, double? Seconds, int Channel, bool Json);

    public static Command Create(TextWriter output, TextWriter error)
    {
        var device = AudioOptionRules.Device(capture: true);
        var seconds = AudioOptionRules.Seconds("How long to listen; without it until Ctrl-C.");
        var channel = AudioOptionRules.Channel();
        var json = new Option<bool>("--json") { Description = "Print one JSON object a second." };
        var command = new Command("levels", "Shows level, peak, noise floor and clipping of a microphone.") { device, seconds, channel, json };
        command.SetAction((parsed, stop) => RunAsync(
            new Order(parsed.GetValue(device), parsed.GetValue(seconds), parsed.GetValue(channel), parsed.GetValue(json)), output, error, stop));
        return command;
    }

    private static async Task<int> RunAsync(Order order, TextWriter output, TextWriter error, CancellationToken stop)
    {
        // From here on a signal finds a task to wait for; without one the program would be ended in the middle of its start.
        await Task.Yield();
        var watch = await SoundThread.RunAsync("ev-levels", _ => Listen(order, output, stop)).ConfigureAwait(false);
        if (watch.Overall is { Seconds: 0 } || !watch.IsDigitalSilence) return 0;
        await error.WriteLineAsync("edgevoice audio levels: nothing but digital silence: unmute the microphone, or choose another --device or --channel")
            .ConfigureAwait(false);
        return Silent;
    }

    private static LevelWatch Listen(Order order, TextWriter output, CancellationToken stop)
    {
        var device = SoundPorts.Choose(order.Device, capture: true);
        using var source = SoundPorts.OpenSource(device, Rate, order.Channel, TimeProvider.System);
        var watch = new LevelWatch(source.Format.Rate, dcFilter: !DeviceStrings.IsVirtual(device));
        var reader = new SoundReader(source, device, order.Channel, TimeProvider.System);
        var isPiped = order.Json || !ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected;
        if (!isPiped && DeviceDisplays.IsLive(false, Environment.GetEnvironmentVariable)) Draw(order, watch, reader, output, stop);
        else Print(order, watch, reader, output, stop);
        if (!order.Json) output.WriteLine($"in all:\n{LevelPicture.Line(watch.Overall)}");
        return watch;
    }

    private static void Draw(Order order, LevelWatch watch, SoundReader reader, TextWriter output, CancellationToken stop)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.Yes, Interactive = InteractionSupport.Yes });
        console.Live(new Text("")).AutoClear(true).Start(live => reader.Run(mono =>
        {
            if (watch.Add(mono) > 0) live.UpdateTarget(LevelPicture.Of(watch.Take()));
            return !IsOver(order, watch);
        }, stop));
    }

    private static void Print(Order order, LevelWatch watch, SoundReader reader, TextWriter output, CancellationToken stop)
    {
        var windows = 0;
        reader.Run(mono =>
        {
            windows += watch.Add(mono);
            var over = IsOver(order, watch);
            if (windows < LevelWatch.WindowsASecond && !over) return true;
            windows = 0;
            var reading = watch.Take();
            output.WriteLine(order.Json ? JsonSerializer.Serialize(reading, JsonSerializerOptions.Web) : LevelPicture.Line(reading));
            output.Flush();
            return !over;
        }, stop);
    }

    private static bool IsOver(Order order, LevelWatch watch) => order.Seconds is { } seconds && watch.Overall.Seconds >= seconds;
}

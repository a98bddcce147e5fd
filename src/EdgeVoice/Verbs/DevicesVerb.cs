using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Input;
using EdgeVoice.Linux.Spi;
using EdgeVoice.Sound;

namespace EdgeVoice.Verbs;

/// <summary><c>edgevoice devices</c>: what is plugged in, with the words to put into the configuration.</summary>
/// <remarks>Exit codes: 0 something was found, 1 nothing at all, 3 libasound is missing (what is no sound device is listed all the same).</remarks>
internal static class DevicesVerb
{
    private const int NothingFound = 1;
    private const int LibraryMissing = 3;

    // Names of cards are read by people: nothing in them is escaped that a terminal can show.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("devices", "List sound cards, GPIO chips, input devices and SPI buses, with the words for the configuration.") { json };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(json), output, error));
        return command;
    }

    private static async Task<int> RunAsync(bool json, TextWriter output, TextWriter error)
    {
        IReadOnlyList<SoundDevice> sound = [];
        AudioDeviceException? problem = null;
        try
        {
            sound = AlsaDevices.List();
        }
        catch (AudioDeviceException e)
        {
            problem = e;
        }

        var search = new SoundSearch(TimeProvider.System);
        var list = new HardwareList(
            await search.FindAsync(sound, capture: true).ConfigureAwait(false),
            await search.FindAsync(sound, capture: false).ConfigureAwait(false), GpioChips.List(), InputDevices.List(), SpiBuses.List());
        if (json) await output.WriteLineAsync(JsonSerializer.Serialize(list, Json)).ConfigureAwait(false);
        else HardwareTables.Write(list, output);
        if (problem is null) return list.IsEmpty ? NothingFound : 0;
        await error.WriteLineAsync($"edgevoice devices: {problem.Message}").ConfigureAwait(false);
        return LibraryMissing;
    }
}

using System.Text.Json;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The words that <c>edgevoice devices</c> prints are words that open what they name.</summary>
internal static class Listing
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static async Task WordsOfDevicesOpenThem(Pi pi)
    {
        GpioBoard.Plug(pi);
        await UsbSoundCard.PlugAsync(pi);
        using var list = JsonDocument.Parse(await RunAsync(pi, "devices", "--json"));
        List<string> ends = [.. list.RootElement.GetProperty("microphones").EnumerateArray().SelectMany(Words)];
        pi.Note($"microphones: {string.Join(", ", ends)}");
        foreach (var wanted in (string[])["usb:1d6b:0101", LoopbackCard.Mic.Out]) pi.Expect(ends.Contains(wanted), $"{wanted} is not among {string.Join(", ", ends)}");
        foreach (var words in ends.Where(words => words.StartsWith("usb:", StringComparison.Ordinal) || words is "hw:CARD=Mic,DEV=1" or "card:Mic"))
        {
            await RunAsync(pi, "audio", "record", "/tmp/words.wav", "--device", words, "--seconds", "0.3");
            pi.Expect(new FileInfo("/tmp/words.wav").Length > 0.3 * 2 * LoopbackCard.Rate, $"nothing was recorded from {words}");
        }

        var text = list.RootElement.ToString();
        foreach (var wanted in (string[])[GpioBoard.Label, "BUTTON", SpiBoard.Device]) pi.Expect(text.Contains(wanted, StringComparison.Ordinal), $"{wanted} is not listed: {text}");
        var table = await RunAsync(pi, "devices");
        foreach (var words in ends) pi.Expect(table.Contains(words, StringComparison.Ordinal), $"the table for people lacks {words}");
    }

    // What to write for one end of a card: its name, and for a USB card its make and its port.
    private static IEnumerable<string> Words(JsonElement end) =>
        end.GetProperty("otherWords").EnumerateArray().Prepend(end.GetProperty("words")).Select(words => words.GetString()!);

    private static async Task<string> RunAsync(Pi pi, params string[] arguments)
    {
        var child = pi.Start(Environment.ProcessPath!, [DeviceProcess.Program, .. arguments]);
        var code = await child.ExitAsync(Patience);
        pi.Expect(code == 0, $"edgevoice {string.Join(' ', arguments)} ended with code {code}: {child.LastLine}");
        return child.Output;
    }
}

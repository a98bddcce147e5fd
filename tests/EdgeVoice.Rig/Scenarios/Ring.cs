using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The device's own lights on the recording controller, whose record of a transfer is its first 64 bytes: an APA102's picture fits.</summary>
internal static class Ring
{
    private const int Pixels = 12;
    private const long Second = 1_000_000_000;

    // So that every colour sent can be told beforehand: full brightness, no limit.
    private static readonly LedStyle Plain = new() { Brightness = 1, CurrentCapMa = 0 };
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static Task TurnOnApa102(Pi pi) => TurnAsync(pi, "apa102", Apa102);

    // Held, spoken to, answered, muted, ended: every picture that was sent is one the renderer makes.
    private static async Task TurnAsync(Pi pi, string type, Func<SpiTransfer, Rgb[]> decode)
    {
        var server = await SimulatorProcess.StartAsync(pi);
        var board = SpiBoard.Watch(pi);
        var device = await DeviceProcess.StartAsync(pi, server.Url, LoopbackCard.Mic.Out, "null", Led(type));
        await device.BecomesAsync(status => status.Link == "Ready", Long, "the session");
        await AskAsync(pi, device);
        await device.BecomesAsync(status => status.Turn == "Idle", Long, "the answer's end");
        await device.MuteAsync();
        await pi.PauseAsync(1_200);
        var still = board.Sent;
        await pi.PauseAsync(1_200);
        pi.Expect(board.Sent == still, $"{board.Sent - still} transfers though the picture stands");
        await device.StopAsync();

        var transfers = board.Transfers;
        var shown = transfers.Select(decode).ToList();
        pi.Note($"{shown.Count} pictures of {transfers[0].Length} bytes");
        Paced(pi, transfers);
        for (var i = 1; i < shown.Count; i++) pi.Expect(!shown[i].SequenceEqual(shown[i - 1]), $"picture {i} was sent twice");
        pi.Expect(shown[^1].All(pixel => pixel == default), $"the ring is left lit: {string.Join(' ', shown[^1])}");
        Includes(pi, shown, "the held button", new LedScene { Link = LinkLook.Connected, ButtonHeld = true });
        Includes(pi, shown, "mute", new LedScene { Link = LinkLook.Connected, Muted = true });
        Includes(pi, shown, "an answer", new LedScene { Link = LinkLook.Connected, Turn = TurnLook.Speaking });
        pi.Expect(shown.Any(picture => IsRedAt(picture, 3, 9)), "no two opposite red pixels");
    }

    private static async Task AskAsync(Pi pi, DeviceProcess device)
    {
        await device.PressAsync();
        await pi.PauseAsync(200);
        var speaking = LoopbackCard.Mic.Play(pi, WavFile.Read(Asset("question.wav")).ToMono16(LoopbackCard.Rate));
        await speaking.ExitAsync(Long);
        await device.ReleaseAsync();
        await device.BecomesAsync(status => status.Turn == "Speaking", Long, "an answer");
    }

    private static void Includes(Pi pi, List<Rgb[]> shown, string what, LedScene scene)
    {
        var expected = new Rgb[Pixels];
        var found = 0;
        for (var step = 0; step < Pixels / 2; step++)
        {
            var animation = new LedAnimation(step * LedTiming.FastStepNs, scene.Turn == TurnLook.Speaking, Look.Idle, 0, 0);
            LedRenderer.Render(scene with { Style = Plain }, animation, 0, expected);
            found += shown.Count(picture => picture.SequenceEqual(expected));
        }

        pi.Note($"{found} pictures of {what}");
        pi.Expect(found > 0, $"no picture of {what}, which is {string.Join(' ', expected)}");
    }

    private static bool IsRedAt(Rgb[] picture, params int[] places) =>
        Enumerable.Range(0, picture.Length).All(i => picture[i] == (places.Contains(i) ? new Rgb(255, 0, 0) : default));

    // Fifty in a second; the last bit of one may be late, so a little is allowed.
    private static void Paced(Pi pi, IReadOnlyList<SpiTransfer> transfers)
    {
        const int MostInASecond = 50;
        for (var i = MostInASecond; i < transfers.Count; i++)
            pi.Expect(transfers[i].Ns - transfers[i - MostInASecond].Ns > Second * 95 / 100, $"more than {MostInASecond} pictures in a second, at {i}");
    }

    private static Rgb[] Apa102(SpiTransfer transfer) =>
        [.. Apa102Decoder.Decode(transfer.Bytes, Pixels).Chunk(3).Select(bgr => new Rgb(bgr[2], bgr[1], bgr[0]))];

    private static object Led(string type) => new { type, device = SpiBoard.Device, pixels = Pixels, brightness = 1, currentLimitMa = 0 };

    private static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "Assets", name);
}

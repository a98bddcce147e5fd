using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The device's own lights on the recording controller, which keeps the first 512 bytes of a transfer.</summary>
internal static class Ring
{
    // Of a WS2812's 640 bytes and an SK6812's 704, that is the reset before, every bit of the pixels, and part of the reset after.
    private const int OneWirePixels = 8;
    private const int ClockedPixels = 12;
    private const int InputOutputError = 5;
    private const long Second = 1_000_000_000;

    // So that every colour sent can be told beforehand: full brightness, no limit.
    private static readonly LedStyle Plain = new() { Brightness = 1, CurrentCapMa = 0 };
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(5);

    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static Task TurnOnApa102(Pi pi) => TurnAsync(pi, "apa102", ClockedPixels, Apa102);

    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static Task TurnOnWs2812(Pi pi) => TurnAsync(pi, "ws2812", OneWirePixels, transfer => OneWire(transfer, OneWireDatasheet.Ws2812B, channels: 3));

    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static Task TurnOnSk6812White(Pi pi) => TurnAsync(pi, "sk6812w", OneWirePixels, transfer => OneWire(transfer, OneWireDatasheet.Sk6812, channels: 4));

    // The bus fails in the middle of an answer: nobody hears of it, and the lights are there again when it works.
    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static async Task ControllerFailsWhileSpeaking(Pi pi)
    {
        var server = await SimulatorProcess.StartAsync(pi, $$"""{ "turns": [ { "number": 1, "answer": { "wav": "{{Asset("answer.wav")}}" } } ] }""");
        var file = pi.FileOf("heard.wav");
        var recording = LoopbackCard.Speaker.Record(pi, file);
        var device = await DeviceProcess.StartAsync(pi, server.Url, LoopbackCard.Mic.Out, LoopbackCard.Speaker.In, Led("ws2812", OneWirePixels));
        await device.BecomesAsync(status => status.Link == "Ready", Long, "the session");
        await AskAsync(pi, device);
        SpiBoard.FailWith(InputOutputError);
        var failing = SpiBoard.Watch(pi);
        var failed = Pi.Now();
        await device.BecomesAsync(status => status.Turn == "Idle", Long, "the answer's end");
        await pi.UntilAsync(() => failing.Sent >= 2, Long, "another attempt");
        var (attempts, seconds) = (failing.Sent, (Pi.Now() - failed) / (double)Second);
        SpiBoard.FailWith(0);
        var works = SpiBoard.Watch(pi);
        await pi.UntilAsync(() => works.Sent >= 1, Return, "the lights should come back by themselves");
        await device.PressAsync();
        await pi.UntilAsync(() => works.Sent >= 3, Return, "the lights should show the press");
        pi.Note(string.Create(CultureInfo.InvariantCulture, $"{attempts} attempts in {seconds:0.0} s while the bus failed"));
        pi.Expect(attempts <= seconds + 2, $"{attempts} attempts in {seconds} s: once a second is meant");
        pi.Expect(device.Process.Output.Contains("The lights failed: /dev/spidev0.0: the transfer failed (EIO", StringComparison.Ordinal), "nothing in the log");
        await device.StopAsync();
        await recording.SignalAsync("INT");
        await recording.ExitAsync(Long);
        var found = Comparison.Of(WavFile.Read(Asset("answer.wav")).ToMono16(LoopbackCard.Rate), WavFile.Read(file).ToMono16(LoopbackCard.Rate), LoopbackCard.Rate);
        pi.Note($"the answer: {found}");
        pi.Expect(found.GapMs == 0 && found.ErrorDb < -30, $"the voice noticed: {found}");
    }

    // Held, spoken to, answered, muted, ended: every picture that was sent is one the renderer makes.
    private static async Task TurnAsync(Pi pi, string type, int pixels, Func<SpiTransfer, Rgb[]> decode)
    {
        var server = await SimulatorProcess.StartAsync(pi);
        var board = SpiBoard.Watch(pi);
        var device = await DeviceProcess.StartAsync(pi, server.Url, LoopbackCard.Mic.Out, "null", Led(type, pixels));
        await device.BecomesAsync(status => status.Link == "Ready", Long, "the session");
        await AskAsync(pi, device);
        await device.BecomesAsync(status => status.Turn == "Idle", Long, "the answer's end");
        await device.MuteAsync();
        await pi.PauseAsync(1_200);
        var still = board.Sent;
        await pi.PauseAsync(1_200);
        pi.Expect(board.Sent == still, $"{board.Sent - still} transfers though the picture stands");
        await device.StopAsync();

        var transfers = await board.WholeTransfersAsync();
        var shown = transfers.Select(decode).ToList();
        pi.Note($"{shown.Count} pictures of {transfers[0].Length} bytes");
        Paced(pi, transfers);
        for (var i = 1; i < shown.Count; i++) pi.Expect(!shown[i].SequenceEqual(shown[i - 1]), $"picture {i} was sent twice");
        pi.Expect(shown[^1].All(pixel => pixel == default), $"the ring is left lit: {string.Join(' ', shown[^1])}");
        Includes(pi, shown, pixels, "the held button", new LedScene { Link = LinkLook.Connected, ButtonHeld = true });
        Includes(pi, shown, pixels, "mute", new LedScene { Link = LinkLook.Connected, Muted = true });
        Includes(pi, shown, pixels, "an answer", new LedScene { Link = LinkLook.Connected, Turn = TurnLook.Speaking });
        pi.Expect(shown.Any(picture => IsRedAt(picture, pixels / 4, pixels * 3 / 4)), "no two opposite red pixels");
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

    private static void Includes(Pi pi, List<Rgb[]> shown, int pixels, string what, LedScene scene)
    {
        var expected = new Rgb[pixels];
        var found = 0;
        for (var step = 0; step < pixels / 2; step++)
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
        [.. Apa102Decoder.Decode(transfer.Bytes, ClockedPixels).Chunk(3).Select(bgr => new Rgb(bgr[2], bgr[1], bgr[0]))];

    // Every bit's times are held to the chip's datasheet on the way. What the record does not keep is the end of the reset after.
    private static Rgb[] OneWire(SpiTransfer transfer, OneWireDatasheet sheet, int channels)
    {
        var sent = new byte[transfer.Length];
        transfer.Bytes.CopyTo(sent, 0);
        return [.. OneWireDecoder.Decode(sent, transfer.ClockHz, sheet).Chunk(channels).Select(Color)];
    }

    // GRB, and white: what the three have in common.
    private static Rgb Color(byte[] channels)
    {
        var white = channels.Length > 3 ? channels[3] : 0;
        return new Rgb((byte)(channels[1] + white), (byte)(channels[0] + white), (byte)(channels[2] + white));
    }

    private static object Led(string type, int pixels) => new { type, device = SpiBoard.Device, pixels, brightness = 1, currentLimitMa = 0 };

    private static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "Assets", name);
}

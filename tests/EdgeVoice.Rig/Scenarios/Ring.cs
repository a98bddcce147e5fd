using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Led;
using EdgeVoice.Linux.Spi;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Signals;
using EdgeVoice.Rig.World;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The device's own lights on the recording controller.</summary>
internal static class Ring
{
    private const int Pixels = 12;
    private const int InputOutputError = 5;
    private const long Second = 1_000_000_000;

    // So that every colour sent can be told beforehand: full brightness, no limit.
    private static readonly LedStyle Plain = new() { Brightness = 1, CurrentCapMa = 0 };
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static Task PicturesDecodeToThemselves(Pi pi)
    {
        var random = new Random(1);
        foreach (var chip in new[] { OneWireChip.Ws2812, OneWireChip.Sk6812 })
        {
            var board = SpiBoard.Watch(pi);
            using var ring = new SpiPixelRing(SpiBoard.Device, new OneWireEncoder(chip, Pixels, ChannelOrder.Parse("GRB")));
            var shown = Enumerable.Range(0, 5).Select(_ => Picture(random)).ToArray();
            foreach (var picture in shown) ring.Show(picture);
            var decoded = board.CompleteTransfers.Select(transfer => OneWire(transfer, chip)).ToArray();
            pi.Expect(decoded.Length == shown.Length, $"{decoded.Length} transfers for {shown.Length} pictures");
            for (var i = 0; i < shown.Length; i++) pi.Expect(decoded[i].SequenceEqual(shown[i]), $"{chip}: picture {i} decodes to {string.Join(' ', decoded[i])}");
        }

        return Task.CompletedTask;
    }

    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static Task TurnOnWs2812(Pi pi) => TurnAsync(pi, "ws2812", board => board.CompleteTransfers, transfer => OneWire(transfer, OneWireChip.Ws2812));

    [Scenario(Boot.Quick, limitSeconds: 150)]
    public static Task TurnOnApa102(Pi pi) => TurnAsync(pi, "apa102", board => board.Transfers, Apa102);

    [Scenario(Boot.Systemd, limitSeconds: 240)]
    public static async Task ControllerFailsWhileSpeaking(Pi pi)
    {
        var server = await SimulatorProcess.StartAsync(pi, $$"""{ "turns": [ { "number": 1, "answer": { "wav": "{{Asset("answer.wav")}}" } } ] }""");
        var file = pi.FileOf("heard.wav");
        var recording = LoopbackCard.Speaker.Record(pi, file);
        var device = await DeviceProcess.StartAsync(pi, server.Url, LoopbackCard.Mic.Out, LoopbackCard.Speaker.In, Led("ws2812"));
        await device.BecomesAsync(status => status.Link == "Ready", Long, "the session");
        await AskAsync(pi, device);
        SpiBoard.FailWith(InputOutputError);
        var failing = SpiBoard.Watch(pi);
        var failed = Pi.Now();
        await device.BecomesAsync(status => status.Turn == "Idle", Long, "the answer's end");
        await pi.UntilAsync(() => Task.FromResult(failing.Sent >= 2), Long, "another attempt");
        var (attempts, seconds) = (failing.Sent, (Pi.Now() - failed) / (double)Second);
        SpiBoard.FailWith(0);
        var works = SpiBoard.Watch(pi);
        await device.PressAsync();
        await pi.UntilAsync(() => Task.FromResult(works.Sent >= 2), Long, "the lights should come back");
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
    private static async Task TurnAsync(Pi pi, string type, Func<SpiBoard, IReadOnlyList<SpiTransfer>> read, Func<SpiTransfer, Rgb[]> decode)
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

        var transfers = read(board);
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

    private static Rgb[] OneWire(SpiTransfer transfer, OneWireChip chip)
    {
        // The reset behind the pixels is longer than the record, which has 512 bytes: what it misses is zeros, as the encoder's tests show.
        var bytes = new byte[transfer.Length];
        transfer.Bytes.CopyTo(bytes, 0);
        var sheet = chip == OneWireChip.Ws2812 ? OneWireDatasheet.Ws2812B : OneWireDatasheet.Sk6812;
        return [.. OneWireDecoder.Decode(bytes, transfer.ClockHz, sheet).Chunk(3).Select(grb => new Rgb(grb[1], grb[0], grb[2]))];
    }

    private static Rgb[] Apa102(SpiTransfer transfer) =>
        [.. Apa102Decoder.Decode(transfer.Bytes, Pixels).Chunk(3).Select(bgr => new Rgb(bgr[2], bgr[1], bgr[0]))];

    private static Rgb[] Picture(Random random) =>
        [.. Enumerable.Range(0, Pixels).Select(_ => new Rgb((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)))];

    private static object Led(string type) => new { type, device = SpiBoard.Device, pixels = Pixels, brightness = 1, currentLimitMa = 0 };

    private static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "Assets", name);
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.World;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Rig.Scenarios;

/// <summary>The device's own pin over the kernel's line.</summary>
internal static partial class Button
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task PinSeesPressesWithTheirTimes(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        var pin = Pin(pi, GpioBoard.Label, new NumberOrName(0, "BUTTON")).Run();
        pi.Expect(pin.Pin.Problem is null, $"{pin.Pin.Problem}");
        List<long> turned = [];
        for (var i = 0; i < 20; i++)
        {
            turned.Add(Pi.Now());
            if (i % 2 == 0) board.Press();
            else board.Release();
            await pin.SeesAsync(pi, i + 1, $"edge {i + 1}");
            pi.Expect(pin.Pin.IsDown == (i % 2 == 0), $"after edge {i + 1} the level is wrong");
        }

        pi.Note($"edge to program: {pin.Edges.Max(edge => edge.SeenNs - edge.Edge.TimeNs) / 1000} µs at most");
        pi.Expect(pin.Edges.Count == 20, $"{pin.Edges.Count} edges were told, not 20");
        for (var i = 0; i < pin.Edges.Count; i++)
        {
            var (edge, seenNs) = pin.Edges[i];
            pi.Expect(edge.IsDown == (i % 2 == 0), $"edge {i + 1} goes the wrong way");
            pi.Expect(edge.TimeNs >= turned[i] && edge.TimeNs <= seenNs, $"edge {i + 1} is stamped outside the time it happened in");
        }
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task ChipPulledOutWhilePressedIsReleasedAndFoundAgain(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        var pin = Pin(pi, GpioBoard.Label, new NumberOrName((int)GpioBoard.Button)).Run();
        board.Press();
        await pin.SeesAsync(pi, 1, "the press");
        GpioBoard.Unplug();
        await pin.SeesAsync(pi, 2, "the release by the lost chip");
        pi.Expect(!pin.Edges[1].Edge.IsDown && !pin.Pin.IsDown, "a lost button holds on");
        pi.Note($"{pin.Pin.Problem}");
        pi.Expect(pin.Pin.Problem is not null, "the loss is not told");
        var plugged = Pi.Now();
        GpioBoard.Plug(pi).Press();
        await pin.SeesAsync(pi, 3, "the press on the chip that came back");
        pi.Note($"found {(pin.Edges[2].SeenNs - plugged) / 1_000_000} ms after it was plugged in");
        pi.Expect(pin.Edges[2].Edge.IsDown && pin.Pin.IsDown && pin.Pin.Problem is null, $"it came back wrong: {pin.Pin.Problem}");
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task LineHeldAtStartIsDownWithoutAnEdge(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        board.Press();
        var pin = Pin(pi, Path.GetFileName(board.Chip), new NumberOrName(0, "BUTTON"));
        pi.Expect(pin.Pin.IsDown, "it is not down at the start");
        pin.Run();
        board.Release();
        await pin.SeesAsync(pi, 1, "the release");
        pi.Expect(!pin.Edges[0].Edge.IsDown && !pin.Pin.IsDown, "the first edge is not the release");
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task BusyLineNamesItsConsumerAndIsTakenWhenFree(Pi pi)
    {
        var board = GpioBoard.Plug(pi);
        var holder = LineWatch.Open(pi, board.Chip, GpioBoard.Button);
        var pin = Pin(pi, GpioBoard.Label, new NumberOrName(0, "BUTTON"));
        pi.Note($"{pin.Pin.Problem}");
        pi.Expect(pin.Pin.Problem?.Contains("in use by \"rig\"", StringComparison.Ordinal) == true, $"the consumer is not named: {pin.Pin.Problem}");
        pin.Run();
        holder.Dispose();
        await pi.UntilAsync(() => pin.Pin.Problem is null, Soon, "the line that was given back");
        board.Press();
        await pin.SeesAsync(pi, 1, "the press");
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static async Task EdgesLostInTheKernelLeaveTheRightLevel(Pi pi)
    {
        const int Turns = 701;
        var board = GpioBoard.Plug(pi);
        var pin = Pin(pi, GpioBoard.Label, new NumberOrName(0, "BUTTON"));
        for (var i = 0; i < Turns; i++)
        {
            if (i % 2 == 0) board.Press();
            else board.Release();
        }

        pin.Run();
        await pi.UntilAsync(() => pin.Edges is [.., { Edge.IsDown: true }], Soon, "the last press");
        var told = pin.Edges.Count;
        pi.Note($"of {Turns} edges that nobody read {told} were told");
        pi.Expect(told is > 0 and < Turns, $"{told} edges: nothing was lost, so nothing was proved");
        pi.Expect(pin.Pin.IsDown, "the level is wrong");
        board.Release();
        await pin.SeesAsync(pi, told + 1, "the release after it");
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static Task WhatIsNotThereIsToldInOneLine(Pi pi)
    {
        GpioBoard.Plug(pi);
        foreach (var (chip, line) in ((string, NumberOrName)[])[("gpiochip9", new(1)), (GpioBoard.Label, new(8)), (GpioBoard.Label, new(0, "GPIO17"))])
        {
            var problem = Pin(pi, chip, line).Pin.Problem;
            pi.Note($"{problem}");
            pi.Expect(problem?.Contains("no such", StringComparison.Ordinal) == true && !problem.Contains('\n'), $"{chip} {line}: {problem}");
        }

        return Task.CompletedTask;
    }

    private static WatchedPin Pin(Pi pi, string chip, NumberOrName line) => WatchedPin.Of(
        pi, new GpioButtonPin(new GpioLineSettings(chip, line, ButtonPull.None), "button", false, TimeProvider.System, NullLogger<GpioButtonPin>.Instance));
}

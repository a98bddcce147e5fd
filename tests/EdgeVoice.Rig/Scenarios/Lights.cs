using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Scenarios;

internal static class Lights
{
    private const int ClockHz = 800_000;
    private const int InputOutputError = 5;

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static Task BytesAreRecordedAndPaced(Pi pi)
    {
        var board = SpiBoard.Watch(pi);
        var frame = new byte[48];
        for (var i = 0; i < frame.Length; i++) frame[i] = (byte)(i * 5 + 1);
        var began = Pi.Now();
        SpiBoard.Write(frame, ClockHz);
        SpiBoard.Write(frame.AsSpan(0, 3), ClockHz);
        var transfers = board.Transfers;
        pi.Expect(transfers.Count == 2, $"{transfers.Count} transfers were recorded, not 2");
        pi.Expect(transfers[0].Bytes.AsSpan().SequenceEqual(frame), $"recorded {Convert.ToHexString(transfers[0].Bytes)}");
        pi.Expect(transfers[1].Bytes.AsSpan().SequenceEqual(frame.AsSpan(0, 3)), $"recorded {Convert.ToHexString(transfers[1].Bytes)}");
        pi.Expect(transfers.All(transfer => transfer.ClockHz == ClockHz), "the clock is not the one asked for");
        var wireNs = frame.Length * 8 * 1_000_000_000L / ClockHz;
        var took = transfers[0].Ns - began;
        pi.Note($"48 bytes need {wireNs / 1000} µs on the wire and took {took / 1000} µs");
        pi.Expect(took >= wireNs, "the transfer was faster than its clock");
        return Task.CompletedTask;
    }

    [Scenario(Boot.Quick, limitSeconds: 60)]
    public static Task FailingBusIsAnError(Pi pi)
    {
        var board = SpiBoard.Watch(pi);
        SpiBoard.FailWith(InputOutputError);
        var failed = false;
        try
        {
            SpiBoard.Write([1, 2, 3], ClockHz);
        }
        catch (IOException e)
        {
            failed = true;
            pi.Note($"the kernel says: {e.Message}");
        }

        pi.Expect(failed, "a write to a failing bus seemed to work");
        SpiBoard.FailWith(0);
        SpiBoard.Write([4, 5, 6], ClockHz);
        pi.Expect(board.Transfers[^1].Bytes is [4, 5, 6], "the write after the failure is not recorded");
        return Task.CompletedTask;
    }
}

namespace EdgeVoice.Simulator.Server;

/// <summary>Drives one response in time: at its speed, no faster than the client reads, with the faults that strike in an answer.</summary>
/// <remarks>One task a response; takes the session's gate for each step only.</remarks>
internal static class ResponseStreamer
{
    internal static async Task RunAsync(SessionCore core, ResponseRun run)
    {
        try
        {
            if (run.Plan.DelayMs > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(run.Plan.DelayMs), core.Options.Time, run.Stop.Token);
            var started = core.NowNs;
            foreach (var output in run.Plan.Outputs)
            {
                if (output is FailedOutput failed)
                {
                    lock (core.Gate)
                        run.Fail(failed.Code, failed.Message);
                    return;
                }
                if (!await StreamAsync(core, run, output, started))
                    return;
            }
            lock (core.Gate)
                run.Close("completed", null);
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            // Whoever closed the response has written its end.
        }
    }

    private static async Task<bool> StreamAsync(SessionCore core, ResponseRun run, PlannedOutput output, long started)
    {
        OutputItem item;
        lock (core.Gate)
        {
            if (run.Closed)
                return false;
            item = run.Begin(output);
            StrikeBeforeDelta(core, run, item);
        }
        while (true)
        {
            lock (core.Gate)
            {
                if (run.Closed)
                    return false;
                if (!item.Step())
                    return End(run);
                StrikeMidAudio(core, item);
            }
            var dueNs = started + (long)((run.SpokenMs + item.SpokenMs) / run.Plan.Speed * 1e6);
            if (dueNs - core.NowNs is var wait and > 1_000_000)
                await Task.Delay(TimeSpan.FromMicroseconds(wait / 1000), core.Options.Time, run.Stop.Token);
            await core.Wire.WaitForRoomAsync(run.Stop.Token);
        }
    }

    private static bool End(ResponseRun run)
    {
        if (run.EndItem("completed"))
            return true;
        run.Close("incomplete", new() { ["type"] = "incomplete", ["reason"] = "max_output_tokens" });
        return false;
    }

    private static void StrikeBeforeDelta(SessionCore core, ResponseRun run, OutputItem item)
    {
        if (core.Faults.TryTake(FaultMode.DropBeforeDelta))
            core.Drop("before the first delta");
        foreach (var mode in StrangeMessage.Modes)
        {
            if (core.Faults.TryTake(mode))
                StrangeMessage.Send(core, mode, run.Id, item.Id);
        }
    }

    private static void StrikeMidAudio(SessionCore core, OutputItem item)
    {
        if (item is not SpokenItem || item.Progress < 0.5)
            return;
        if (core.Faults.TryTake(FaultMode.DropMidAudio))
            core.Drop("in the middle of an answer");
        if (core.Faults.TryTake(FaultMode.Close, out var code))
            core.CloseWith(code, code == 1001 ? "Your session hit the maximum duration of 60 minutes." : "closed by a fault on demand");
    }
}

using System.Globalization;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// The command <c>soak</c>: plays and records for as long as told, and fails on any xrun, lost or repeated sample, bent pitch,
/// growing memory, or byte allocated on an audio thread. tests/soak.sh runs it against the private sound server.
/// </summary>
internal static class SoakBenchmark
{
    private const double MostPitchPpm = 10;
    private const double MostLiveKb = 256;
    private const double MostWorkingSetMb = 10;
    private const long SettleNs = 3_000_000_000;
    private const int DeviceMissing = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs; returns 0 when nothing went wrong, 1 when something did, 2 for wrong usage, 3 when a device is missing.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        if (arguments is not [var text, var loudspeaker, var microphone]
            || !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) || minutes is not (>= 0.1 and <= 10_000))
        {
            await output.WriteLineAsync("soak MINUTES LOUDSPEAKER MICROPHONE: minutes from 0.1 to 10000, and two devices of which one hears the other");
            return 2;
        }

        using var rig = new SoakRig(loudspeaker, microphone, TimeProvider.System);
        return await RunAsync(rig, (long)(minutes * 60e9), output);
    }

    private static async Task<int> RunAsync(SoakRig rig, long lengthNs, TextWriter output)
    {
        var time = TimeProvider.System;
        var startNs = time.NowNs();
        // What is compiled and filled in the first part is no leak.
        var lineNs = Math.Min(60_000_000_000, lengthNs / 2);
        (double LiveKb, double SetMb)? first = null;
        var last = (LiveKb: 0.0, SetMb: 0.0);
        var settled = false;
        for (var nextNs = lineNs; nextNs <= lengthNs; nextNs += lineNs)
        {
            for (var ns = time.NowNs() - startNs; ns < nextNs; ns = time.NowNs() - startNs)
            {
                await Task.Delay(Turn, time);
                rig.Serve();
                if (ns < SettleNs) continue;
                if (!settled) rig.Settle();
                settled = true;
                if (rig.Problem is null && rig.Judge.Heard > 0) continue;
                await output.WriteLineAsync($"soak: {rig.Problem ?? "the microphone does not hear the loudspeaker: name two devices of which one hears the other"}");
                return DeviceMissing;
            }

            last = Memory();
            first ??= last;
            await output.WriteLineAsync(Line(rig, (time.NowNs() - startNs) / 60e9, last));
        }

        return await VerdictAsync(rig, last.LiveKb - first!.Value.LiveKb, last.SetMb - first.Value.SetMb, output);
    }

    private static (double LiveKb, double SetMb) Memory() => (GC.GetTotalMemory(forceFullCollection: true) / 1024.0, Environment.WorkingSet / 1048576.0);

    private static string Line(SoakRig rig, double minute, (double LiveKb, double SetMb) memory)
    {
        var (play, record, judge) = (rig.Playback, rig.Capture, rig.Judge);
        return string.Create(CultureInfo.InvariantCulture,
            $"{minute,6:0.00} min  xruns {play.Counters.Xruns}+{record.Xruns}  underruns {play.Counters.Underruns}  jumps {Math.Max(0, rig.Jumps)}  "
            + $"breaks {judge.Breaks}  lost {judge.Lost}  repeated {judge.Repeated}  pitch {judge.PitchPpm:+0.00;-0.00;0} ppm  "
            + $"clocks {play.Drift.Ppm:0.0} {record.Drift.Ppm:0.0} ppm  latest wake-ups {play.Counters.WakeLatenessMaxNs / 1e6:0.0} {record.MaxWakeLatenessNs / 1e6:0.0} ms  "
            + $"allocated {rig.AllocatedBytes}  live {memory.LiveKb:0} KB  working set {memory.SetMb:0.0} MB  "
            + $"CPU {Environment.CpuUsage.TotalTime.TotalMilliseconds / (minute * 60):0.0} ms/s");
    }

    private static async Task<int> VerdictAsync(SoakRig rig, double grownKb, double grownMb, TextWriter output)
    {
        List<string> wrong = [];
        var judge = rig.Judge;
        if (rig.Faults > 0) wrong.Add($"{rig.Faults} xruns, underruns, jumps or losses");
        if (!judge.IsLocked || judge.Breaks > 0) wrong.Add($"the signal broke off {judge.Breaks} times: {judge.Lost} samples lost, {judge.Repeated} repeated");
        if (Math.Abs(judge.PitchPpm) > MostPitchPpm) wrong.Add($"pitch {judge.PitchPpm:0.0} ppm off");
        if (rig.AllocatedBytes is var bytes and > 0) wrong.Add($"{bytes} bytes allocated on the audio threads");
        if (grownKb > MostLiveKb || grownMb > MostWorkingSetMb) wrong.Add(string.Create(CultureInfo.InvariantCulture, $"memory grew by {grownKb:0} KB live, {grownMb:0.0} MB in all"));
        var heard = string.Create(CultureInfo.InvariantCulture, $"{judge.Heard} samples heard, {judge.Heard - judge.Lost - judge.Repeated} as sent");
        await output.WriteLineAsync(wrong.Count == 0 ? $"passed: {heard}" : $"FAILED: {string.Join("; ", wrong)} ({heard})");
        return wrong.Count == 0 ? 0 : 1;
    }
}

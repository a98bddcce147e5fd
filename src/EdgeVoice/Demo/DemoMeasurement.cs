using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Device;
using EdgeVoice.Simulator.Devices;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.Demo;

/// <summary>Turns what was recorded, and the file that the loudspeaker wrote, into the report.</summary>
internal sealed class DemoMeasurement(DemoRecorder recorder, SimulatedSink sink, TimeProvider time)
{
    private long _began;
    private double _seconds;
    private int _gen0;
    private long _allocated;
    private TimeSpan _cpu;
    private double _workingSet;
    private VoiceDevice? _device;
    private AudioDiagnostics? _audio;
    private DemoPlay? _play;

    /// <summary>Why not all that was heard is in the output file; null while all is well.</summary>
    public string? FileFailure =>
        sink.FileFailure ?? (sink.LostFileFrames > 0 ? $"it took too long for {sink.LostFileFrames} frames" : null);

    public void Begin()
    {
        _began = time.GetTimestamp();
        _gen0 = GC.CollectionCount(0);
        _allocated = GC.GetTotalAllocatedBytes();
        _cpu = Environment.CpuUsage.TotalTime;
    }

    public void End(VoiceDevice device, DemoPlay play)
    {
        _seconds = time.GetElapsedTime(_began).TotalSeconds;
        _gen0 = GC.CollectionCount(0) - _gen0;
        _allocated = GC.GetTotalAllocatedBytes() - _allocated;
        _cpu = Environment.CpuUsage.TotalTime - _cpu;
        _workingSet = Environment.WorkingSet / 1048576.0;
        _device = device;
        _audio = device.Figures.Of(device);
        _play = play;
    }

    /// <summary>Reads the finished output file: what was heard is asserted on what left the card, not on what was meant.</summary>
    public DemoReport Report(IReadOnlyList<DemoTurn> turns, SimulatorServer? server, string wav)
    {
        var heard = HeardSamples(wav);
        var sent = server?.Sessions.SelectMany(s => s.Sent).ToDictionary(s => s.ItemId) ?? [];
        var items = recorder.Items;
        var reports = turns.Select((_, i) =>
        {
            var end = i + 1 < turns.Count ? _play!.FirstItems[i + 1] : items.Count;
            return Turn(i, [.. items.Take(_play!.FirstItems[i]..end)], heard, sent);
        });
        var device = _device!;
        var format = sink.Format;
        return new DemoReport(
            [.. reports],
            [.. recorder.Cuts.Select(c => new DemoInterruption(c.ItemId, c.AudioEndMs, c.PlayedMs, Ms(c.StoppedNs - c.OrderedNs)))],
            device.Session.Reconnects,
            device.Capture.Xruns + device.Playback.Counters.Xruns,
            device.Capture.DroppedFrames + device.Downlink.DroppedSamples,
            _gen0,
            Math.Round(_allocated / _seconds),
            device.Capture.AllocatedBytes + device.Playback.Counters.AllocatedBytes,
            Math.Round(_cpu.TotalMilliseconds / _seconds, 2),
            Math.Round(_workingSet, 1),
            format.BufferFrames * 1000.0 / format.Rate)
        {
            Audio = _audio,
        };
    }

    private DemoTurnReport Turn(
        int index, List<DemoRecorder.HeardItem> items, ReadOnlySpan<short> heard, Dictionary<string, SentAudio> sent)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var run in items.SelectMany(i => i.Runs))
            foreach (var (at, count) in FilePieces(run))
                if (at + count <= heard.Length) hash.AppendData(MemoryMarshal.AsBytes(heard.Slice((int)at, (int)count)));
        var first = items.FirstOrDefault();
        var start = first?.Runs.FirstOrDefault() is { } begin ? sink.FileFrameOf(begin.CardFrame) ?? 0 : 0;
        var turn = index + 1;
        return new DemoTurnReport(
            Math.Round(items.Sum(i => i.Samples * 1000.0 / i.Audio.Rate), 3),
            Math.Round(items.Sum(i => i.Audio.ReceivedSamples * 1000.0 / i.Audio.Rate), 3),
            recorder.When("first.append", turn) - recorder.When("turn.opened", turn) is { } ns ? Ms(ns) : null,
            first is null ? null : Ms(first.HeardNs - _play!.SpeechEnds[index]),
            first is null ? null : Ms(first.HeardNs - first.Audio.FirstReceivedNs),
            string.Join(' ', items.Select(i => recorder.TranscriptOf(i.Audio.ItemId)).Distinct()),
            items.Count == 1 && sent.TryGetValue(items[0].Audio.ItemId, out var one) ? one.Sha256 : null,
            Convert.ToHexStringLower(hash.GetHashAndReset()),
            start * 1000.0 / sink.Format.Rate,
            items.Exists(i => i.IsCut),
            items.Exists(i => i.IsLost));
    }

    // Where the card stood still in the middle of a run, the file has silence that the card's frames do not count.
    private IEnumerable<(long At, long Count)> FilePieces(DemoRecorder.Run run)
    {
        var end = run.CardFrame + run.Samples;
        for (var at = run.CardFrame; at < end;)
        {
            var next = sink.Starts.FirstOrDefault(s => s.CardFrame > at && s.CardFrame < end);
            var until = next.CardFrame > at ? next.CardFrame : end;
            if (sink.FileFrameOf(at) is { } file) yield return (file, until - at);
            at = until;
        }
    }

    private static short[] HeardSamples(string wav) => new FileInfo(wav).Length > 44 ? WavFile.Read(wav).ToMono16(DemoTurn.Rate) : [];

    private static double Ms(long ns) => Math.Round(ns / 1e6, 3);
}

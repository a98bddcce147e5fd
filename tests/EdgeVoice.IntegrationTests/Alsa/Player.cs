using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.IntegrationTests.Alsa;

/// <summary>Plays samples through a sink as a playback thread would.</summary>
internal static class Player
{
    /// <summary>Plays all, waits until it has been heard; returns the bytes allocated after the first ten turns, and the xruns.</summary>
    public static (long Allocated, int Xruns) Play(IAudioSink sink, short[] samples)
    {
        var floats = new float[samples.Length];
        PcmConvert.ToFloat(samples, floats);
        var (turns, xruns, at) = (0, 0, 0);
        long mark = 0;
        while (at < floats.Length)
        {
            var most = Math.Min(floats.Length - at, Math.Min(sink.Writable, sink.Format.PeriodFrames));
            at += sink.Write(floats.AsSpan(at, most));
            if (turns++ == 10) mark = GC.GetAllocatedBytesForCurrentThread();
            if (sink.Writable >= sink.Format.PeriodFrames) continue;
            var wait = sink.Wait(1000);
            if (wait == AudioWait.Xrun) xruns++;
            // Not through Assert, which allocates.
            if (wait is AudioWait.Lost or AudioWait.TimedOut) throw new AudioDeviceException($"{wait}");
            _ = sink.Status();
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - mark;
        while (sink.Status().Delay > 0) sink.Idle(5);
        return (allocated, xruns);
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.World;

/// <summary>The device's own sound ports, used as its audio threads use them.</summary>
internal static class DevicePort
{
    private const int Rate = 24_000;

    public static AlsaAudioSource Microphone(string device) => AlsaAudioSource.Open(new AlsaStreamSettings(device, Rate), TimeProvider.System);

    public static AlsaAudioSink Loudspeaker(string device) => AlsaAudioSink.Open(new AlsaStreamSettings(device, Rate), TimeProvider.System);

    /// <summary>Reads until there are so many samples, counting what happened; ends early when the device is lost.</summary>
    public static (short[] Samples, int Xruns, bool Lost) Record(IAudioSource source, int count, CancellationToken stop)
    {
        var samples = new short[count];
        var block = new float[source.Format.BufferFrames];
        var (at, xruns) = (0, 0);
        while (at < count && !stop.IsCancellationRequested)
        {
            var wait = source.Wait(100);
            if (wait == AudioWait.Lost) return (samples[..at], xruns, true);
            if (wait == AudioWait.Xrun) xruns++;
            var frames = Math.Min(source.Read(block, out _, out _), count - at);
            PcmConvert.ToInt16(block.AsSpan(0, frames), samples.AsSpan(at));
            at += frames;
        }

        return (samples[..at], xruns, false);
    }

    /// <summary><see cref="Play"/> on a thread like the device's own: with 30 ms of buffer an ordinary one is late now and then in a busy guest.</summary>
    public static Task<int> PlayAsync(IAudioSink sink, short[] samples)
    {
        var played = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                if (RealTimeThread.TryRaise() is { } why) throw new ScenarioFailedException(why);
                played.SetResult(Play(sink, samples));
            }
            catch (Exception e)
            {
                played.SetException(e);
            }
        })
        {
            Name = "rig-play",
            IsBackground = true,
        }.Start();
        return played.Task;
    }

    /// <summary>Writes all of it at the card's pace; returns the xruns.</summary>
    public static int Play(IAudioSink sink, ReadOnlySpan<short> samples)
    {
        var floats = new float[samples.Length];
        PcmConvert.ToFloat(samples, floats);
        var (at, xruns) = (0, 0);
        while (at < floats.Length)
        {
            at += sink.Write(floats.AsSpan(at, Math.Min(floats.Length - at, sink.Writable)));
            var wait = sink.Wait(1000);
            if (wait == AudioWait.Xrun) xruns++;
            else if (wait != AudioWait.Ready) throw new ScenarioFailedException($"the loudspeaker waits: {wait}");
        }

        return xruns;
    }
}

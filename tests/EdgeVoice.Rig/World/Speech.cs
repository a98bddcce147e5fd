using System.Runtime.InteropServices;
using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Playback;
using EdgeVoice.Linux;
using EdgeVoice.Linux.Alsa;
using EdgeVoice.Rig.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Rig.World;

/// <summary>The device's way of an answer, from a message's base64 to the card, without the network before it: downlink, ring buffer, playback thread.</summary>
/// <remarks>One thread uses it.</remarks>
internal sealed class Speech : IDisposable
{
    private const int Rate = 24_000;
    private readonly PlaybackQueues _queues = new();
    private readonly PlaybackControl _control = new();
    private readonly PlaybackLoop _loop;
    private readonly AudioDownlink _downlink;
    private readonly short[] _reference = new short[PlaybackQueues.MaxReferenceBlock];
    private int _responses;

    public Speech(string loudspeaker, TimeProvider time)
    {
        _loop = new PlaybackLoop(
            () => AlsaAudioSink.Open(new AlsaStreamSettings(loudspeaker, Rate), time), _queues, _control, Rate, null, time,
            NullLogger<PlaybackLoop>.Instance, () => RealTimeThread.TryRaise());
        _downlink = new AudioDownlink(_queues.Samples, _queues.Segments, AudioCoding.Pcm16, Rate, time, _ => { }, _loop.Wake);
        _loop.WarmUp();
        _loop.Start();
    }

    /// <summary>What the playback thread counts.</summary>
    public PlaybackCounters Counters => _loop.Counters;

    /// <summary>How the card is stopped.</summary>
    public string? StopMethod => _loop.Counters.StopMethod;

    /// <summary>Samples as a message carries them.</summary>
    public static byte[] Message(ReadOnlySpan<short> samples) => Encoding.ASCII.GetBytes(Convert.ToBase64String(MemoryMarshal.AsBytes(samples)));

    /// <summary>A message arrives, the first of another answer; returns when (monotonic nanoseconds).</summary>
    public long Receive(byte[] base64)
    {
        var response = Encoding.ASCII.GetBytes($"r{++_responses}");
        var now = Pi.Now();
        _downlink.Write(response, response, 0, base64);
        return now;
    }

    /// <summary>Somebody speaks into it: the answer is given up. Returns when that was ordered (monotonic nanoseconds).</summary>
    public long BargeIn()
    {
        var now = Pi.Now();
        _downlink.Drop(_control.Flush(), [$"r{_responses}"]);
        return now;
    }

    /// <summary>Waits until the device says how much of the answer was heard, in samples.</summary>
    public async Task<long> HeardAsync(Pi pi)
    {
        PlayedMark mark = default;
        await pi.UntilAsync(
            () =>
            {
                // Nobody cancels an echo here.
                while (_queues.Reference.TryRead(out _, _reference)) { }
                while (_queues.Marks.TryRead(out mark))
                    if (mark.Kind == PlayedMarkKind.Flushed) return true;
                return false;
            },
            TimeSpan.FromSeconds(5), "the position heard");
        return mark.ItemSample;
    }

    public void Dispose() => _loop.Dispose();
}

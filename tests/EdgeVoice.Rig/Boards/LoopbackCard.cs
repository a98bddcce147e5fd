using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.Boards;

/// <summary>
/// One of the two loopback cards: what is played into one end is recorded from the other, sample for sample. Card Mic is the
/// device's microphone (the world plays, the device records), card Speaker its loudspeaker.
/// </summary>
internal sealed class LoopbackCard(string name)
{
    public const int Rate = 24_000;

    /// <summary>Of the world's players and recorders.</summary>
    public const string Period = "--period-time=10000";

    /// <summary>Of the world's players and recorders: a second of starvation by the host is no fault of the device.</summary>
    public const string Buffer = "--buffer-time=1000000";

    // When a player has drained, the card may stop a timer tick before the last sample: silence is what it may lose.
    private static readonly short[] Tail = new short[Rate / 20];

    /// <summary>What the device hears with.</summary>
    public static readonly LoopbackCard Mic = new("Mic");

    /// <summary>What the device speaks with.</summary>
    public static readonly LoopbackCard Speaker = new("Speaker");

    /// <summary>The end that is played into.</summary>
    public string In => $"hw:CARD={name},DEV=0";

    /// <summary>The end that is recorded from.</summary>
    public string Out => $"hw:CARD={name},DEV=1";

    /// <summary>Starts playing samples.</summary>
    public ChildProcess Play(Pi pi, short[] samples)
    {
        var file = pi.FileOf($"{pi.NextNumber():000}-into-{name}.wav");
        using (var writer = new WavWriter(file, Rate, 1))
        {
            writer.Write(samples);
            writer.Write(Tail);
        }

        return PlayFile(pi, file);
    }

    /// <summary>Waits until somebody plays into it: a player's start may take longer than a person's press.</summary>
    public Task IsPlayedAsync(Pi pi) => pi.UntilAsync(
        () => File.ReadAllText($"/proc/asound/{name}/pcm0p/sub0/status").Contains("RUNNING", StringComparison.Ordinal), TimeSpan.FromSeconds(10), $"a player into {name}");

    /// <summary>Starts playing raw bytes of a layout as aplay names it.</summary>
    public ChildProcess PlayRaw(Pi pi, string file, string layout, int rate, int channels) => pi.StartWorld(
        "aplay", "-q", "-D", In, "-t", "raw", "-f", layout, "-r", $"{rate}", "-c", $"{channels}", Period, Buffer, file);

    /// <summary>Starts recording raw bytes until it is told to stop.</summary>
    public ChildProcess RecordRaw(Pi pi, string file, string layout, int rate, int channels) => pi.StartWorld(
        "arecord", "-q", "-D", Out, "-t", "raw", "-f", layout, "-r", $"{rate}", "-c", $"{channels}", Period, Buffer, file);

    /// <summary>Starts playing a WAV file or a FIFO.</summary>
    public ChildProcess PlayFile(Pi pi, string file) => PlayFile(pi, In, file);

    /// <summary>Starts playing a file on any PCM.</summary>
    public static ChildProcess PlayFile(Pi pi, string pcm, string file) => pi.StartWorld("aplay", "-q", "-D", pcm, Period, Buffer, file);

    /// <summary>Starts recording into a WAV file or a FIFO; without seconds until it is told to stop.</summary>
    public ChildProcess Record(Pi pi, string file, double? seconds = null) => Record(pi, Out, file, seconds);

    /// <summary>Starts recording from any PCM.</summary>
    public static ChildProcess Record(Pi pi, string pcm, string file, double? seconds = null)
    {
        string[] length = seconds is { } s ? [$"--samples={((int)(s * Rate)).ToString(CultureInfo.InvariantCulture)}"] : [];
        return pi.StartWorld("arecord", ["-q", "-D", pcm, "-f", "S16_LE", "-r", $"{Rate}", "-c", "1", Period, Buffer, .. length, file]);
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Rig.Boards;
using EdgeVoice.Rig.Harness;

namespace EdgeVoice.Rig.World;

/// <summary>
/// Both loopback cards joined to a device that knows only <c>wav:</c> devices: arecord fills one FIFO from card Mic, aplay
/// empties the other into card Speaker, and what Speaker plays is recorded.
/// </summary>
internal sealed class FifoRoom
{
    private readonly Pi _pi;
    private readonly string _microphone = $"/tmp/rig-mic-{Environment.ProcessId}";
    private readonly string _loudspeaker = $"/tmp/rig-speaker-{Environment.ProcessId}";
    private ChildProcess? _playing;
    private ChildProcess? _recording;

    public FifoRoom(Pi pi)
    {
        _pi = pi;
        foreach (var fifo in (string[])[_microphone, _loudspeaker])
        {
            File.Delete(fifo);
            using var made = System.Diagnostics.Process.Start("mkfifo", fifo);
            made.WaitForExit();
        }
    }

    public string Capture => $"wav:{_microphone}";

    public string Playback => $"wav:{_loudspeaker}";

    private string HeardFile => _pi.FileOf("heard.wav");

    /// <summary>Starts arecord and aplay, after the device has opened its ends.</summary>
    public void Open()
    {
        // To standard output: arecord would replace a file that it is given by name.
        _pi.StartWorld("sh", "-c", $"exec arecord -q -D {LoopbackCard.Mic.Out} -f S16_LE -r {LoopbackCard.Rate} -c 1 {LoopbackCard.Period} {LoopbackCard.Buffer} > {_microphone}");
        _recording = LoopbackCard.Speaker.Record(_pi, HeardFile);
        _playing = LoopbackCard.Speaker.PlayFile(_pi, _loudspeaker);
    }

    /// <summary>Everything that was heard, once the device has ended.</summary>
    public async Task<short[]> HeardAsync()
    {
        var code = await _playing!.ExitAsync(TimeSpan.FromSeconds(60));
        _pi.Expect(code == 0, $"aplay: {_playing.LastLine}");
        await _recording!.SignalAsync("INT");
        await _recording.ExitAsync(TimeSpan.FromSeconds(20));
        return WavFile.Read(HeardFile).ToMono16(LoopbackCard.Rate);
    }
}

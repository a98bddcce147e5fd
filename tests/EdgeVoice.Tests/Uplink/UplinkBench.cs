using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Uplink;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Uplink;

/// <summary>
/// An uplink driven by hand: every sample says at which card frame it was captured, and every connection writes down what it got.
/// </summary>
internal sealed class UplinkBench : IUplinkListener
{
    public const int Loud = 8_000;
    private readonly BlockRing _ring = new(1 << 22);
    private readonly short[] _block;
    private readonly long _beganNs;

    public UplinkBench(UplinkOptions? options = null, int blockMs = 20, bool loud = true)
    {
        Options = options ?? new UplinkOptions(24_000);
        BlockMs = blockMs;
        IsLoud = loud;
        _block = new short[Options.Samples(blockMs)];
        _beganNs = Time.GetTimestamp();
        Uplink = new AudioUplink(_ring, Options, this, Time);
    }

    public UplinkOptions Options { get; }

    public int BlockMs { get; }

    /// <summary>Samples alternate in sign when loud, so that the detector hears them; the place stands in the lower bits either way.</summary>
    public bool IsLoud { get; set; }

    public ManualTime Time { get; } = new();

    public AudioUplink Uplink { get; }

    public long Frames { get; private set; }

    public List<string> Heard { get; } = [];

    public Dictionary<int, long> Lost { get; } = [];

    public int LossesTold { get; private set; }

    public static short SampleAt(long frame, bool loud) =>
        loud ? (short)((frame % 2_000) + ((frame & 1) == 0 ? Loud : -Loud - 2_000)) : (short)((frame % 61) - 30);

    public long NsOf(long frame) => _beganNs + frame * 1_000_000_000 / Options.Rate;

    /// <summary>So much is captured; the uplink sees it block by block.</summary>
    public UplinkBench Capture(int ms)
    {
        for (var at = 0; at < ms; at += BlockMs)
        {
            for (var i = 0; i < _block.Length; i++) _block[i] = SampleAt(Frames + i, IsLoud);
            var ns = NsOf(Frames);
            Frames += _block.Length;
            Time.AdvanceNs(NsOf(Frames) - Time.GetTimestamp());
            _ring.TryWrite(Frames - _block.Length, ns, _block);
            Pump();
        }

        return this;
    }

    /// <summary>Time passes and no sample comes.</summary>
    public UplinkBench Silence(int ms)
    {
        Time.AdvanceMs(ms);
        return Pump();
    }

    public UplinkBench Pump()
    {
        while (Uplink.TrySend(out var taken))
        {
            if (!taken.IsCompletedSuccessfully) throw new InvalidOperationException("this bench has no patience");
            Uplink.Sent(taken.Result);
        }

        return this;
    }

    public Wire Connect()
    {
        var wire = new Wire(Options.Coding);
        Uplink.Attach(wire.Send);
        Pump();
        return wire;
    }

    public UplinkBench Disconnect()
    {
        Uplink.Attach(null);
        return Pump();
    }

    public UplinkBench Open(int turn, long? frame = null, bool stream = false)
    {
        Uplink.Open(turn, NsOf(frame ?? Frames), stream);
        return Pump();
    }

    public UplinkBench Close(int turn, long? frame = null, bool respond = true, bool requireSpeech = true)
    {
        Uplink.Close(turn, NsOf(frame ?? Frames), respond, requireSpeech);
        return Pump();
    }

    /// <summary>A turn that is typed.</summary>
    public UplinkBench Type(int turn, string text = "hi", bool respond = true)
    {
        Uplink.Say(turn, text, respond);
        return Pump();
    }

    /// <summary>A whole turn of this length, tail included.</summary>
    public UplinkBench Say(int turn, int ms = 400, bool requireSpeech = false) =>
        Open(turn).Capture(ms).Close(turn, requireSpeech: requireSpeech).Capture(320);

    /// <summary>One block is there; time stands still, since timers that fire allocate.</summary>
    public void CaptureStill(bool pump = true)
    {
        _ring.TryWrite(Frames, NsOf(Frames), _block);
        Frames += _block.Length;
        if (pump) Pump();
    }

    /// <summary>Frames from..to as the samples that were captured there.</summary>
    public static short[] Expected(long from, long to, bool loud = true)
    {
        var samples = new short[to - from];
        for (var i = 0; i < samples.Length; i++) samples[i] = SampleAt(from + i, loud);
        return samples;
    }

    void IUplinkListener.SpeechHeard(int turn) => Heard.Add($"speech:{turn}");

    void IUplinkListener.SilenceHeard(int turn) => Heard.Add($"silence:{turn}");

    void IUplinkListener.FirstAppend(int turn, long timeNs) => Heard.Add($"first:{turn}");

    void IUplinkListener.TurnEnded(int turn, TurnOutcome outcome) => Heard.Add($"{outcome}:{turn}");

    void IUplinkListener.AudioLost(int turn, long samples)
    {
        Lost[turn] = Lost.GetValueOrDefault(turn) + samples;
        LossesTold++;
    }

    /// <summary>One connection: what was sent on it, as words and as samples.</summary>
    internal sealed class Wire(AudioCoding coding)
    {
        /// <summary>append:samples, commit, clear, create(turn), in order; appends in a row are one.</summary>
        public List<string> Sent { get; } = [];

        /// <summary>Bytes of each append.</summary>
        public List<byte[]> Chunks { get; } = [];

        /// <summary>All bytes appended since the last commit or clear.</summary>
        public List<List<byte>> Turns { get; } = [[]];

        /// <summary>After so many messages the socket is broken; null: never.</summary>
        public int? BreaksAfter { get; set; }

        public int Messages { get; private set; }

        public string Words => string.Join(' ', Sent);

        public ValueTask<bool> Send(ReadOnlyMemory<byte> utf8)
        {
            if (Messages >= BreaksAfter) return new ValueTask<bool>(false);
            Messages++;
            using var json = JsonDocument.Parse(utf8);
            var type = json.RootElement.GetProperty("type").GetString()!;
            if (type == "input_audio_buffer.append") Append(json.RootElement.GetProperty("audio").GetBytesFromBase64());
            else Note(type, json.RootElement);
            return new ValueTask<bool>(true);
        }

        public short[] Samples(int turn)
        {
            Assert.Equal(AudioCoding.Pcm16, coding);
            return MemoryMarshal.Cast<byte, short>(Turns[turn].ToArray()).ToArray();
        }

        private void Append(byte[] audio)
        {
            if (Sent.Count == 0 || Sent[^1] != "append") Sent.Add("append");
            Chunks.Add(audio);
            Turns[^1].AddRange(audio);
        }

        private void Note(string type, JsonElement json)
        {
            var turn = type == "response.create" ? json.GetProperty("response").GetProperty("metadata").GetProperty("edgevoice_turn").GetString() : "";
            if (type == "conversation.item.create") turn = json.GetProperty("item").GetProperty("content")[0].GetProperty("text").GetString();
            Sent.Add(type switch
            {
                "input_audio_buffer.commit" => "commit",
                "input_audio_buffer.clear" => "clear",
                "conversation.item.create" => $"text({turn})",
                "response.create" => $"create({turn})",
                _ => type,
            });
            if (type.StartsWith("input_audio_buffer", StringComparison.Ordinal)) Turns.Add([]);
            Assert.False(string.IsNullOrEmpty(json.GetProperty("event_id").GetString()), Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(type)));
        }
    }
}

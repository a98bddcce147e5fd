using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>A spoken message: deltas of uneven size, transcript ahead of the sound.</summary>
internal sealed class SpokenItem : OutputItem
{
    private const int MinDeltaMs = 20;
    private const int MaxDeltaMs = 400;
    private const double Lead = 0.1;

    private readonly AudioCodec _codec;
    private readonly byte[] _bytes;
    private readonly short[] _heard;
    private readonly string[] _words;
    private int _sent;
    private int _wordsSent;
    private long _startedNs;
    private bool _recorded;

    internal SpokenItem(SessionCore core, ResponseRun run, int index, SpokenOutput output, int allowedSamples) : base(core, run, index)
    {
        _codec = run.Plan.Codec;
        CutByLimit = output.Pcm.Length > allowedSamples;
        _bytes = _codec.Encode(output.Pcm.AsSpan(0, Math.Min(output.Pcm.Length, allowedSamples)));
        _heard = _codec.Decode(_bytes);
        _words = Words(output.Transcript);
    }

    internal override bool CutByLimit { get; }

    internal override double Progress => _bytes.Length == 0 ? 1 : (double)_sent / _bytes.Length;

    internal override double SpokenMs => _codec.Ms(SentSamples);

    internal override int AudioTokens => (int)Math.Ceiling(SpokenMs / 50);

    internal override int TextTokens => _wordsSent;

    private int SentSamples => _sent / _codec.BytesPerSample;

    private string Transcript => string.Concat(_words.AsSpan(0, _wordsSent));

    internal override bool Step()
    {
        if (_startedNs == 0)
            _startedNs = Core.NowNs;
        if (_sent >= _bytes.Length)
            return EmitWords(_words.Length);
        var size = Math.Min(_bytes.Length - _sent, NextSize());
        EmitWords((int)Math.Ceiling(_words.Length * Math.Min(1, Lead + ((double)(_sent + size) / _bytes.Length))));
        EmitPart("response.output_audio.delta", ("delta", Convert.ToBase64String(_bytes, _sent, size)));
        _sent += size;
        if (Entry is not null)
        {
            Entry.SpokenSamples = SentSamples;
            Run.Conversation!.HasAssistantAudio = true;
        }
        return true;
    }

    /// <summary>Tells the observer what was sent, once.</summary>
    internal void Record(bool whole)
    {
        if (_recorded)
            return;
        _recorded = true;
        var pcm = _heard.AsMemory(0, SentSamples);
        Core.Seen.AddSent(new SentAudio(
            Run.Id, Id, 0, _codec.Rate, pcm.Length, SimulatedSession.Hash(pcm.Span), Transcript, _startedNs, Core.NowNs, whole, pcm));
    }

    protected override JsonObject Wire(string status) =>
        Message(status, status == "in_progress" ? null : new JsonObject { ["type"] = "output_audio", ["transcript"] = Transcript });

    protected override void OnBegun() =>
        EmitPart("response.content_part.added", ("part", new JsonObject { ["type"] = "audio", ["transcript"] = "" }));

    protected override void OnEnding(string status)
    {
        Record(status == "completed");
        EmitPart("response.output_audio.done");
        EmitPart("response.output_audio_transcript.done", ("transcript", Transcript));
        EmitPart("response.content_part.done", ("part", new JsonObject { ["type"] = "audio", ["transcript"] = Transcript }));
    }

    /// <summary>Each word with the blank before it, so that the deltas joined are the transcript.</summary>
    private static string[] Words(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || (char.IsWhiteSpace(text[i]) && !char.IsWhiteSpace(text[i - 1])))
            {
                words.Add(text[start..i]);
                start = i;
            }
        }
        return [.. words];
    }

    private int NextSize()
    {
        var size = Core.Random.Next(MinDeltaMs, MaxDeltaMs) * _codec.Rate / 1000 * _codec.BytesPerSample;
        size += Core.Random.Next(0, 3) * _codec.BytesPerSample;
        return Core.Options.OddDeltas && _codec.BytesPerSample == 2 && Core.Random.Next(3) == 0 ? size + 1 : size;
    }

    private bool EmitWords(int upTo)
    {
        if (_wordsSent >= upTo)
            return false;
        var next = string.Concat(_words.AsSpan(_wordsSent..upTo));
        _wordsSent = upTo;
        EmitPart("response.output_audio_transcript.delta", ("delta", next));
        return true;
    }
}

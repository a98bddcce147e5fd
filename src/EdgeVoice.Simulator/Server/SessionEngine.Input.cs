using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

internal sealed partial class SessionEngine
{
    private const int MaxAppendBytes = 15 << 20;
    private const int AudioCodecLimit = 15 * 60 * 24000;
    private const int MinCommitMs = 100;
    private const int KeptWithoutSpeechMs = 10_000;

    private readonly SampleStore _buffer;
    private AudioCodec _codec;
    private TurnDetection? _detection;
    private VoiceActivity _voice;
    private string? _spokenItemId;
    private double _earlierMs;
    private long _position;
    private int _appends;
    private int _turns;
    private double? _idleFromMs;

    /// <summary>All sound written this session, in milliseconds.</summary>
    private double NowMs => _earlierMs + _codec.Ms(_position);

    private VoiceActivity NewVoice() => new(_codec.Rate, _detection?.Threshold ?? 0.5);

    private void ApplyInputSettings()
    {
        var (codec, detection) = (_config.InputCodec, _config.TurnDetection);
        if (codec != _codec)
        {
            (_earlierMs, _position) = (NowMs, 0);
            _codec = codec;
            _buffer.Clear();
        }
        else if (detection == _detection)
        {
            return;
        }
        _detection = detection;
        _voice = NewVoice();
        _spokenItemId = null;
    }

    private WireError? Append(string audio)
    {
        if (!TakesAppend())
            return null;
        if (audio.Length / 4 * 3L > MaxAppendBytes + 2)
            return WireError.Value($"Invalid 'audio': at most {MaxAppendBytes} bytes of audio may be appended at once.", "audio");
        var bytes = new byte[(audio.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(audio, bytes, out var length))
            return WireError.Value("Invalid 'audio': expected base64-encoded audio bytes.", "audio");
        if (length % _codec.BytesPerSample != 0)
            return WireError.Value($"Invalid 'audio': {length} bytes are not a whole number of samples.", "audio");
        var samples = _codec.Decode(bytes.AsSpan(0, length));
        _core.Seen.AddAudio(samples);
        var fits = Listen(samples);
        _appends++;
        if (_core.Faults.TryTake(FaultMode.DropAfterAppend, _appends, out _))
            _core.Drop($"after append {_appends}");
        FlushTranscriptions();
        return fits ? null : WireError.Value("The input audio buffer is full (15 minutes): commit or clear it.", "audio");
    }

    private bool Listen(ReadOnlySpan<short> samples)
    {
        var fits = true;
        while (samples.Length > 0)
        {
            var taken = samples.Length;
            var signal = _detection is null ? VoiceSignal.None : _voice.Step(samples, out taken, SilenceNeeded);
            fits &= _buffer.Add(samples[..taken]);
            _position += taken;
            samples = samples[taken..];
            if (signal == VoiceSignal.Started)
                SpeechStarted();
            else if (signal == VoiceSignal.Stopped)
                SpeechStopped();
            else if (_detection is not null && !_voice.Speaking)
                WaitForSpeech();
        }
        return fits;
    }

    /// <summary>Samples of silence that end the turn being spoken.</summary>
    private long SilenceNeeded()
    {
        var detection = _detection!;
        if (!detection.Semantic)
            return Math.Max(1, _codec.Samples(detection.SilenceDurationMs));
        var spokenMs = _codec.Ms(_voice.SpokenSamples - _voice.SilentSamples);
        var pausing = _core.Options.Script?.Find(_turns + 1, null, spokenMs)?.Pausing ?? false;
        return _codec.Samples(pausing ? detection.PauseLimitMs : TurnDetection.CompleteAfterMs);
    }

    private void SpeechStarted()
    {
        var wanted = _voice.SpokenSamples + _codec.Samples(_detection!.PrefixPaddingMs);
        _buffer.DropFront((int)Math.Max(0, _buffer.Count - wanted));
        _idleFromMs = null;
        _spokenItemId = _core.NewId("item");
        var startMs = (int)Math.Max(0, NowMs - _codec.Ms(_buffer.Count));
        _core.Note($"speech started at {startMs} ms");
        _core.Emit("input_audio_buffer.speech_started", ("audio_start_ms", startMs), ("item_id", _spokenItemId));
        if (_detection.InterruptResponse && Active is { } run)
            run.Cancel("turn_detected");
    }

    private void SpeechStopped()
    {
        var itemId = _spokenItemId!;
        _spokenItemId = null;
        _core.Note($"speech stopped at {(int)NowMs} ms");
        _core.Emit("input_audio_buffer.speech_stopped", ("audio_end_ms", (int)NowMs), ("item_id", itemId));
        Commit(itemId);
        RespondToTurn();
    }

    private void RespondToTurn()
    {
        if (_detection is { CreateResponse: true } && CreateResponse(null) is { } error)
            _core.EmitError(error, null);
    }

    private void WaitForSpeech()
    {
        var keep = (int)_codec.Samples(Math.Max(KeptWithoutSpeechMs, _detection!.PrefixPaddingMs));
        _buffer.DropFront(_buffer.Count - keep);
        if (_detection.IdleTimeoutMs is not { } limit || _idleFromMs is not { } from || NowMs < from + limit || Active is not null)
            return;
        _idleFromMs = null;
        _voice.Reset();
        _buffer.DropFront((int)Math.Max(0, _buffer.Count - _codec.Samples(limit)));
        var itemId = _core.NewId("item");
        _core.Emit(
            "input_audio_buffer.timeout_triggered",
            ("audio_start_ms", (int)(NowMs - _codec.Ms(_buffer.Count))), ("audio_end_ms", (int)NowMs), ("item_id", itemId));
        Commit(itemId);
        RespondToTurn();
    }

    private WireError? CommitByClient()
    {
        var ms = _codec.Ms(_buffer.Count);
        if (ms < MinCommitMs)
        {
            return new WireError(
                "input_audio_buffer_commit_empty",
                FormattableString.Invariant($"Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has {ms:0.00}ms of audio."));
        }
        _voice.Reset();
        var itemId = _spokenItemId ?? _core.NewId("item");
        _spokenItemId = null;
        Commit(itemId);
        return null;
    }

    private WireError? ClearBuffer()
    {
        _buffer.Clear();
        _voice.Reset();
        _spokenItemId = null;
        _core.Emit("input_audio_buffer.cleared");
        return null;
    }

    private void Commit(string itemId)
    {
        if (_core.Faults.TryTake(FaultMode.DropAfterCommit))
            _core.Drop("after a commit");
        var samples = _buffer.Take();
        var wire = new JsonObject
        {
            ["id"] = itemId,
            ["object"] = "realtime.item",
            ["type"] = "message",
            ["status"] = "completed",
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "input_audio", ["transcript"] = null }),
        };
        var item = new ConversationItem(itemId, wire) { UserAudio = samples, Rate = _codec.Rate, Turn = ++_turns };
        var previous = _conversation.Add(item);
        _core.Seen.AddCommitted(new CommittedAudio(itemId, item.Turn, _codec.Rate, samples.Length, SimulatedSession.Hash(samples), _core.NowNs));
        _core.Note(FormattableString.Invariant($"turn {item.Turn}: heard {_codec.Ms(samples.Length) / 1000:0.0} s"));
        _core.Emit("input_audio_buffer.committed", ("item_id", itemId), ("previous_item_id", previous));
        EmitItem(item, previous);
        Transcribe(item);
    }
}

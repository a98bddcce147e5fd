using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime.Protocol;

namespace EdgeVoice.Core.Uplink;

public sealed partial class AudioUplink
{
    private static readonly byte[] ClearMessage = Encode(new InputAudioBufferClear { EventId = "clear" });
    private byte[] _message = [];
    private short[] _chunk = [];
    private byte[] _coded = [];
    private UplinkSend? _send;
    private bool _clearDue;
    private KeptTurn? _sending;
    private int _sendingSamples;
    private long _appended;
    private long _attachedNs;
    private long _replayed;

    private void PrepareSending()
    {
        _chunk = new short[_options.Samples(_options.ChunkMs)];
        _coded = new byte[_chunk.Length * sizeof(short)];
        _message = new byte[AppendEncoder.MaxLength(_coded.Length)];
    }

    private void Attach(UplinkCommand.Attach order)
    {
        _send = order.Send;
        _clearDue = false;
        _appended = 0;
        _replayed = 0;
        _attachedNs = _time.NowNs();
        // Until a new connection begins, what the last one took counts: its answer may only now begin to sound.
        if (order.Send is null) return;
        _commits.Clear();
        foreach (var turn in _turns)
        {
            if (order.IsQuiet && turn is { IsStream: true, End: null })
                turn.Start = Math.Max(turn.Start, _kept.End - _options.Samples(UplinkOptions.PreRollMs + UplinkOptions.TailMs));
            turn.Rewind();
        }
    }

    // The next message that is due: an append of the oldest turn that is not all sent, or its commit, or its order to answer.
    private ReadOnlyMemory<byte> NextMessage()
    {
        DropTakenBack();
        _sending = null;
        if (_send is null) return default;
        if (_clearDue)
        {
            _clearDue = false;
            return ClearMessage;
        }

        var isStreaming = false;
        foreach (var turn in _turns)
        {
            if (turn.Finished || (isStreaming && turn.Text is null)) continue;
            var count = Due(turn);
            if (count > 0) return Append(turn, count);
            var isWaiting = turn.End is null || turn.SentTo < turn.End;
            // The server hears a stream as it comes; a text goes in between.
            if (isWaiting && !turn.IsStream) return default;
            isStreaming |= isWaiting;
            if (turn.IsStream) continue;
            _sending = turn;
            _sendingSamples = 0;
            return turn.CommitSent ? Answer(turn) : Commit(turn);
        }

        return default;
    }

    // Samples to append now: whole chunks while the turn is open, the rest once it has ended.
    private int Due(KeptTurn turn)
    {
        var left = (turn.End ?? _kept.End) - turn.SentTo;
        if (turn.CommitSent || left <= 0 || (left < _chunk.Length && turn.End is null)) return 0;
        var count = (int)Math.Min(left, _chunk.Length);
        // Hands-free: the server's clock is the audio, and a replay far faster than speech would confuse its turn detection.
        if (turn.IsStream && turn.SentTo + count < _kept.End - _chunk.Length &&
            _replayed > ReplayAllowance()) return 0;
        return count;
    }

    private long ReplayAllowance() => ToSamples(_time.NowNs() - _attachedNs) * UplinkOptions.ReplaySpeed + _chunk.Length;

    private ReadOnlyMemory<byte> Append(KeptTurn turn, int count)
    {
        var samples = _chunk.AsSpan(0, count);
        _kept.CopyTo(turn.SentTo, samples);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(samples);
        if (_options.Coding != AudioCoding.Pcm16)
        {
            if (_options.Coding == AudioCoding.MuLaw) G711.EncodeMuLaw(samples, _coded);
            else G711.EncodeALaw(samples, _coded);
            bytes = _coded.AsSpan(0, count);
        }

        _sending = turn;
        _sendingSamples = count;
        return _message.AsMemory(0, AppendEncoder.Encode(bytes, _message));
    }

    /// <summary>The message begun last has been taken by the socket, or the connection is gone.</summary>
    internal void Sent(bool taken)
    {
        if (taken) Advance();
        else _send = null;
    }

    private void Advance()
    {
        if (_sending is not { } turn) return;
        if (_sendingSamples > 0)
        {
            if (turn.ConnectionStart is null)
            {
                turn.ConnectionStart = _appended;
                turn.ConnectionOrigin = turn.SentTo;
            }

            turn.SentTo += _sendingSamples;
            _appended += _sendingSamples;
            _replayed += _sendingSamples;
            CountLatency(turn);
            if (turn.FirstAppendTold) return;
            turn.FirstAppendTold = true;
            _listener.FirstAppend(turn.Id, _time.NowNs());
        }
        else if (!turn.CommitSent)
        {
            turn.CommitSent = true;
            if (turn.Text is null) _commits.Enqueue(turn);
            turn.Asked = turn.Respond && (_options.AnswerEveryTurn || IsLast(turn));
            if (!turn.Asked) End(turn, TurnOutcome.Sent);
        }
        else
        {
            End(turn, TurnOutcome.Asked);
        }
    }

    // Only what was said just now: a turn's pre-roll, and what is sent again, are old by nature.
    private void CountLatency(KeptTurn turn)
    {
        var behind = _kept.End - turn.SentTo;
        if (turn != _open || behind >= _chunk.Length) return;
        var latency = _time.NowNs() - (_lastBlockEndNs - ToNs(behind));
        Volatile.Write(ref _latencyNs, latency);
        if (latency > _worstLatencyNs) Volatile.Write(ref _worstLatencyNs, latency);
    }

    private void End(KeptTurn turn, TurnOutcome outcome)
    {
        turn.Finished = true;
        _listener.TurnEnded(turn.Id, outcome);
    }

    // Of several turns spoken while offline only the last one is to be answered.
    private bool IsLast(KeptTurn turn) => !_turns.Exists(t => t.Id > turn.Id && t.Dropped is null && !t.IsStream);

    private void DropTakenBack()
    {
        for (var i = 0; i < _turns.Count; i++)
        {
            if (_turns[i] is not { Dropped: { } outcome } turn) continue;
            i--;
            TakeBack(turn);
            _listener.TurnEnded(turn.Id, outcome);
        }
    }

    private static byte[] Commit(KeptTurn turn) => turn.Text is { } text
        ? Encode(new ConversationItemCreate(new MessageItem(MessageRole.User, [ContentPart.InputText(text)]) { Id = TextTurn.ItemId(turn.Id) })
        {
            EventId = $"{TextTurn.EventPrefix}{turn.Id}",
        })
        : Encode(new InputAudioBufferCommit { EventId = $"commit_{turn.Id}" });

    private static byte[] Answer(KeptTurn turn) => Encode(new ResponseCreate
    {
        EventId = $"answer_{turn.Id}",
        Response = new ResponseParameters
        {
            Metadata = new Dictionary<string, string> { [TurnMetadata.Key] = turn.Id.ToString(CultureInfo.InvariantCulture) },
        },
    });

    private static byte[] Encode(ClientEvent clientEvent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ClientEventWriter.Write(buffer, clientEvent);
        return buffer.WrittenSpan.ToArray();
    }
}

using System.Text;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using EdgeVoice.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Tests.Realtime.Protocol;

/// <summary>
/// The whole receive path without a socket: reader, connection, downlink, conversation. Whatever a message holds, none of them throws.
/// </summary>
internal sealed class WireFuzz : IRealtimeTransport, IRealtimeListener, ITurnAudio, IAnswerSound, ISessionOrders, IMicrophoneSwitch, IConversationObserver
{
    private const int TurnLength = 50;
    private readonly SpscRingBuffer<short> _samples = new(1 << 12);
    private readonly SpscRingBuffer<PlaybackSegment> _segments = new(64);
    private readonly ManualTime _time = new();
    private readonly EventMutator _mutator;
    private readonly ServerEventReader _reader;
    private readonly IMessageSink _connection;
    private readonly AudioDownlink _downlink;
    private readonly ConversationLoop _conversation;
    private readonly Random _random;
    private int _epoch;

    public WireFuzz(int seed, bool handsFree, AudioCoding coding)
    {
        _random = new Random(seed);
        _mutator = new EventMutator(_random);
        _reader = new ServerEventReader(Counters);
        _conversation = new ConversationLoop(
            new TurnRules(handsFree, AlwaysOpen: handsFree), new ConversationPorts(this, this, this, this), this, _time, NullLogger<ConversationLoop>.Instance);
        _downlink = new AudioDownlink(
            _samples, _segments, coding, 24_000, _time, item => _conversation.Handle(new ItemAudioStarted(item)), () => { });
        _connection = new RealtimeConnection(this, _reader, _downlink, this, NullLogger.Instance);
        _conversation.Handle(new DeviceStarted(0));
        _conversation.Handle(new LinkChanged(LinkState.Ready, null));
    }

    public ProtocolCounters Counters { get; } = new();

    /// <summary>Deltas that named no whole base64.</summary>
    public long BadBase64 => _downlink.BadBase64;

    /// <summary>Sends so many broken messages through, and a good one now and then; null, or what was thrown and at what message.</summary>
    public string? Run(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var message = _mutator.Next();
            try
            {
                Take(message);
                if (i % 5 == 0) Take(message = _mutator.Whole());
                if (i % TurnLength == 0) Turn();
            }
            catch (Exception error)
            {
                return $"message {i}: {error}\n{Encoding.UTF8.GetString(message)}\nas hexadecimal: {Convert.ToHexString(message)}";
            }
        }

        return null;
    }

    // What a person and the loudspeaker do meanwhile, so that the events meet every state.
    private void Turn()
    {
        foreach (var kind in _random.Next(3) == 0 ? (PressKind[])[PressKind.Down, PressKind.Undone] : [PressKind.Down, PressKind.Confirmed, PressKind.HoldStarted, PressKind.HoldEnded])
            _conversation.Handle(new ButtonPressed(kind, _time.GetTimestamp()));
        if (_random.Next(2) == 0) _conversation.Handle(new TurnSent(_conversation.State.TurnNumber, Asked: true));
        if (_random.Next(20) == 0) _conversation.Handle(new LinkChanged(LinkState.Offline, "x"));
        _conversation.Handle(new LinkChanged(LinkState.Ready, null));
        while (_segments.TryRead(out var segment))
        {
            _conversation.Handle(new SoundPlayed(new PlayedMark(PlayedMarkKind.Started, segment.Item, 0, 0, 0, _epoch)));
            _conversation.Handle(new SoundPlayed(new PlayedMark(PlayedMarkKind.Progress, segment.Item, segment.Item.KeptSamples, 0, 0, _epoch)));
        }

        _samples.Release(_samples.WritePosition);
        _conversation.Handle(new SoundPlayed(new PlayedMark(PlayedMarkKind.Flushed, null, 0, 0, 0, _epoch)));
        _time.AdvanceMs(_random.Next(20_000));
        _conversation.HandleWaiting();
    }

    private void Take(byte[] message)
    {
        _connection.OnMessage(message);
        // The slow path has to survive what the fast one takes, too.
        if (_random.Next(8) == 0) _reader.Read(message);
    }

    void IRealtimeListener.OnEvent(ServerEvent serverEvent) => _conversation.Handle(new ServerSpoke(serverEvent));

    void IRealtimeListener.OnLink(LinkNews news)
    {
    }

    Task<TransportClosed> IRealtimeTransport.RunAsync(IMessageSink sink) => Task.FromResult(new TransportClosed(null, "none"));

    ValueTask<bool> IRealtimeTransport.SendAsync(ReadOnlyMemory<byte> utf8) => ValueTask.FromResult(true);

    Task IRealtimeTransport.CloseAsync() => Task.CompletedTask;

    void IRealtimeTransport.Abort()
    {
    }

    void IDisposable.Dispose()
    {
    }

    void ITurnAudio.Open(int turn, long fromNs, bool stream)
    {
    }

    void ITurnAudio.Close(int turn, long atNs)
    {
    }

    void ITurnAudio.Say(int turn, string text, bool respond)
    {
    }

    void ITurnAudio.TextTaken(int turn)
    {
    }

    void ITurnAudio.Abandon(int turn)
    {
    }

    void ITurnAudio.CommitTaken()
    {
    }

    void ITurnAudio.Settle(int turn)
    {
    }

    void ITurnAudio.SettleStream(int audioEndMs)
    {
    }

    void IAnswerSound.Pause()
    {
    }

    void IAnswerSound.Resume()
    {
    }

    int IAnswerSound.Flush(IReadOnlyCollection<string> responses)
    {
        _downlink.Drop(++_epoch, responses);
        return _epoch;
    }

    void IAnswerSound.Refuse(string response) => _downlink.Drop(_epoch, [response]);

    bool ISessionOrders.Post(ClientEvent clientEvent)
    {
        // What is said in reply to a broken message has to be writable, whatever it repeats of it.
        ClientEventWriter.Write(new System.Buffers.ArrayBufferWriter<byte>(), clientEvent);
        return true;
    }

    void IMicrophoneSwitch.Close()
    {
    }

    void IMicrophoneSwitch.Open()
    {
    }

    void IConversationObserver.OnNews(ConversationNews news)
    {
    }
}

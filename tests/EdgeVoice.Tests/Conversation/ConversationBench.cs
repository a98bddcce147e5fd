using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeVoice.Tests.Conversation;

/// <summary>A conversation whose stages write down what they are ordered; time and events come by hand.</summary>
internal sealed class ConversationBench : ITurnAudio, IAnswerSound, ISessionOrders, IMicrophoneSwitch, IConversationObserver
{
    public const int Rate = 24_000;
    private int _epoch;

    public ConversationBench(TurnRules? rules = null, bool ready = true, IToolRunner? tools = null)
    {
        Rules = rules ?? new TurnRules(HandsFree: false);
        Loop = new ConversationLoop(Rules, new ConversationPorts(this, this, this, this) { Tools = tools }, this, Time, NullLogger<ConversationLoop>.Instance);
        if (ready) Link(LinkState.Ready);
        Orders.Clear();
    }

    public static TurnRules HandsFree { get; } = new(HandsFree: true);

    public TurnRules Rules { get; }

    public ManualTime Time { get; } = new();

    public ConversationLoop Loop { get; }

    public DeviceState State => Loop.State;

    /// <summary>Every order to a stage and every client event, in order.</summary>
    public List<string> Orders { get; } = [];

    public List<ConversationNews> News { get; } = [];

    public IEnumerable<string> Told => News.OfType<ConversationNews.Told>().Select(t => t.Text);

    /// <summary>The connection takes nothing.</summary>
    public bool Disconnected { get; set; }

    public int Epoch => _epoch;

    public string TakeOrders()
    {
        var all = string.Join(' ', Orders);
        Orders.Clear();
        return all;
    }

    public ConversationBench Do(ConversationEvent happened)
    {
        Loop.Handle(happened);
        Loop.HandleWaiting();
        return this;
    }

    public ConversationBench Press(params PressKind[] kinds)
    {
        foreach (var kind in kinds) Do(new ButtonPressed(kind, Time.GetTimestamp()));
        return this;
    }

    public ConversationBench Tap() => Press(PressKind.Down, PressKind.Confirmed, PressKind.Tap);

    public ConversationBench HoldDown() => Press(PressKind.Down, PressKind.Confirmed, PressKind.HoldStarted);

    public ConversationBench Hold() => HoldDown().Press(PressKind.HoldEnded);

    public ConversationBench Server(ServerEvent serverEvent) => Do(new ServerSpoke(serverEvent));

    public ConversationBench SpeechStarted(int ms = 0) => Server(new InputAudioBufferSpeechStarted(ms));

    public ConversationBench SpeechStopped(int ms) => Server(new InputAudioBufferSpeechStopped(ms));

    public ConversationBench Committed() => Server(new InputAudioBufferCommitted());

    public ConversationBench Created(string response, int? turn = null, int? order = null)
    {
        var tags = new Dictionary<string, string>();
        if (turn is { } t) tags[TurnMetadata.Key] = t.ToString(CultureInfo.InvariantCulture);
        if (order is { } o) tags[EffectRunner.OrderKey] = o.ToString(CultureInfo.InvariantCulture);
        return Server(new ResponseCreated(new Response(
            Id: response, Metadata: tags.Count == 0 ? default : new Optional<IReadOnlyDictionary<string, string>>(tags))));
    }

    public ConversationBench Announced(string response, string item) =>
        Server(new ResponseOutputItemAdded(new MessageItem(MessageRole.Assistant) { Id = item }, response));

    public ConversationBench Done(string response, ResponseStatus status = ResponseStatus.Completed) =>
        Server(new ResponseDone(new Response(Id: response, Status: status)));

    public ConversationBench Error(string code, string? eventId, string message = "no", string type = "invalid_request_error") =>
        Server(new ErrorEvent(new RealtimeError(type, code, message, EventId: eventId)));

    /// <summary>Audio of an item arrives: announced, received and kept.</summary>
    public AudioItem Audio(string response, string item, int ms, int? keptMs = null, int contentIndex = 0, bool announced = true)
    {
        if (announced) Announced(response, item);
        var audio = new AudioItem(response, item, contentIndex, Rate);
        audio.Count(Samples(ms), Samples(keptMs ?? ms));
        Do(new ItemAudioStarted(audio));
        return audio;
    }

    public ConversationBench Mark(PlayedMarkKind kind, AudioItem? item = null, double ms = 0) =>
        Do(new SoundPlayed(new PlayedMark(kind, item, Samples(ms), 0, Time.GetTimestamp(), _epoch)));

    /// <summary>The loudspeaker has stopped; so much of the item had been heard.</summary>
    public ConversationBench Flushed(AudioItem? item = null, double ms = 0) => Mark(PlayedMarkKind.Flushed, item, ms);

    public ConversationBench Link(LinkState state, string? cause = null) => Do(new LinkChanged(state, cause));

    public ConversationBench Wait(int ms)
    {
        Time.AdvanceMs(ms);
        Loop.HandleWaiting();
        return this;
    }

    /// <summary>A whole push-to-talk turn up to its answer's first sound.</summary>
    public AudioItem Speaking(string response = "r", string item = "i", int ms = 2_000)
    {
        Hold();
        var turn = State.TurnNumber;
        Do(new TurnSent(turn, true)).Committed().Created(response, turn);
        var audio = Audio(response, item, ms);
        Mark(PlayedMarkKind.Started, audio);
        Orders.Clear();
        return audio;
    }

    /// <summary>Hands-free: a tap, a spoken turn that ended at 3,000 ms, and its answer's first sound.</summary>
    public AudioItem SpeakingFreely(string response = "r", string item = "i", int ms = 2_000)
    {
        if (State.Gate == TurnGate.None) Tap();
        SpeechStarted().SpeechStopped(3_000).Committed().Created(response);
        var audio = Audio(response, item, ms);
        Mark(PlayedMarkKind.Started, audio);
        Orders.Clear();
        return audio;
    }

    private static int Samples(double ms) => (int)(ms * Rate / 1000);

    void ITurnAudio.Open(int turn, long fromNs, bool stream) => Orders.Add(stream ? $"open-stream:{turn}" : $"open:{turn}");

    void ITurnAudio.Close(int turn, long atNs) => Orders.Add($"close:{turn}");

    void ITurnAudio.Say(int turn, string text, bool respond) => Orders.Add($"say:{turn}:{text}{(respond ? "" : ":quiet")}");

    void ITurnAudio.TextTaken(int turn) => Orders.Add($"text-taken:{turn}");

    void ITurnAudio.Abandon(int turn) => Orders.Add($"abandon:{turn}");

    void ITurnAudio.CommitTaken() => Orders.Add("taken");

    void ITurnAudio.Settle(int turn) => Orders.Add($"settle:{turn}");

    void ITurnAudio.SettleStream(int audioEndMs) => Orders.Add($"settle-stream:{audioEndMs}");

    void IAnswerSound.Pause() => Orders.Add("pause");

    void IAnswerSound.Resume() => Orders.Add("resume");

    int IAnswerSound.Flush(IReadOnlyCollection<string> responses)
    {
        Orders.Add($"flush[{string.Join(',', responses)}]");
        return ++_epoch;
    }

    void IAnswerSound.Refuse(string response) => Orders.Add($"refuse:{response}");

    bool ISessionOrders.Post(ClientEvent clientEvent)
    {
        if (Disconnected) return false;
        Orders.Add(clientEvent switch
        {
            ConversationItemTruncate t => $"truncate:{t.ItemId}:{t.ContentIndex}:{t.AudioEndMs}",
            ConversationItemDelete d => $"delete:{d.ItemId}",
            ResponseCancel c => $"cancel:{c.ResponseId}",
            ResponseCreate => $"create:{clientEvent.EventId}",
            ConversationItemCreate { Item: FunctionCallOutputItem output } => $"output:{output.CallId}",
            ConversationItemCreate { PreviousItemId: { } before, Item: MessageItem message } => $"tell-after:{before}:{message.Content![0].Text.Value}",
            ConversationItemCreate { Item: McpApprovalResponseItem no } => $"approve:{no.ApprovalRequestId}:{no.Approve}",
            _ => clientEvent.Type,
        });
        return true;
    }

    void IMicrophoneSwitch.Close() => Orders.Add("mic-off");

    void IMicrophoneSwitch.Open() => Orders.Add("mic-on");

    void IConversationObserver.OnNews(ConversationNews news) => News.Add(news);
}

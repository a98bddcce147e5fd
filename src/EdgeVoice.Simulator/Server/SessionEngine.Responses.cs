using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

internal sealed partial class SessionEngine
{
    private const int MaxParallel = 16;
    private const int BaseTextTokens = 60;

    private readonly List<ResponseRun> _running = [];
    private readonly List<Task> _tasks = [];

    /// <summary>The response writing to the default conversation.</summary>
    private ResponseRun? Active => _running.Find(run => run.Conversation is not null);

    private WireError? CreateResponse(JsonObject? request)
    {
        var outOfBand = request?["conversation"]?.GetValue<string>() == "none";
        if (!outOfBand && Active is { } active)
        {
            return new WireError(
                "conversation_already_has_active_response",
                $"Conversation already has an active response in progress: {active.Id}. Wait until the response is finished before creating a new one.");
        }
        if (_running.Count >= MaxParallel)
            return WireError.Value($"At most {MaxParallel} responses may run in parallel.", null);
        if (CheckReferences(request) is { } unknown)
            return unknown;
        if (_core.Faults.TryTake(FaultMode.Stall))
            return null;
        if (_core.Faults.TryTake(FaultMode.Error))
            return new WireError(null, "The server had an error while processing your request. Sorry about that!", null, "server_error");
        try
        {
            StartRun(PlanResponse(request, outOfBand), outOfBand);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new WireError(null, $"The script's sound cannot be read: {problem.Message}", null, "server_error");
        }
    }

    private void StartRun(ResponsePlan plan, bool outOfBand)
    {
        var run = new ResponseRun(_core, outOfBand ? null : _conversation, plan) { OnClosed = Closed };
        _running.Add(run);
        _idleFromMs = null;
        run.Open();
        _tasks.RemoveAll(task => task.IsCompleted);
        _tasks.Add(Task.Run(() => ResponseStreamer.RunAsync(_core, run)));
    }

    private void Closed(ResponseRun run)
    {
        _running.Remove(run);
        if (run.Conversation is null)
            return;
        if (run.Status == "completed" && run.Plan.Outputs.Any(output => output is CallOutput) && run.Plan.AnswerTo is { } user)
            user.CallRounds++;
        _idleFromMs = NowMs + run.SpokenMs;
        FlushTranscriptions();
    }

    private WireError? CancelResponse(string? id)
    {
        var run = id is null ? Active : _running.Find(candidate => candidate.Id == id);
        if (run is null)
            return new WireError("response_cancel_not_active", "Cancellation failed: no active response found");
        run.Cancel("client_cancelled");
        return null;
    }

    private WireError? CheckReferences(JsonObject? request)
    {
        foreach (var item in Input(request))
        {
            if (String(item, "type") == "item_reference" && _conversation.Find(String(item, "id")) is null)
                return new WireError("item_reference_invalid_item_id", $"Item with item_id not found: {String(item, "id")}", "response.input");
        }
        return null;
    }

    private static IEnumerable<JsonObject> Input(JsonObject? request) => (request?["input"] as JsonArray ?? []).OfType<JsonObject>();

    private ResponsePlan PlanResponse(JsonObject? request, bool outOfBand)
    {
        var modality = request?["output_modalities"]?[0]?.GetValue<string>() ?? _config.Modality;
        var output = request?["audio"]?["output"];
        var format = output?["format"] ?? _config.OutputFormat;
        var max = request?["max_output_tokens"] ?? _config.MaxOutputTokens;
        var user = request?["input"] is null ? _conversation.LastUser : null;
        if (user is { Turn: 0 } && !outOfBand)
            user.Turn = ++_turns;
        var heard = user is null ? HeardInInput(request) : new AnswerPlanner.Heard(user.Text, user.UserAudio, user.Rate);
        double? heardMs = heard.Audio is null ? null : heard.Audio.Length * 1000.0 / heard.Rate;
        var entry = _core.Options.Script?.Find(outOfBand ? 0 : user?.Turn ?? 0, heard.Text, heardMs, heard.Audio);
        var answers = Answers(entry, outOfBand ? null : user);
        var outputs = AnswerPlanner.Plan(answers, heard, AudioCodec.Of(format).Rate, modality == "text");
        if (_core.Faults.TryTake(FaultMode.TwoItems))
            outputs = AnswerPlanner.InTwo(outputs);
        var lateMs = _core.Faults.TryTake(FaultMode.SlowAnswer, out var ms) ? ms : 0;
        return new ResponsePlan(
            modality, format.DeepClone(), (output?["voice"] ?? _config.VoiceNode).DeepClone(),
            max.GetValueKind() == System.Text.Json.JsonValueKind.Number ? (int)max.AsValue().GetValue<int>() : null,
            request?["metadata"] as JsonObject, outputs)
        {
            DelayMs = (entry?.DelayMs ?? 0) + lateMs,
            Speed = entry?.Speed ?? _core.Options.Speed,
            InputTextTokens = BaseTextTokens + ((heard.Text?.Length ?? 0) / 4),
            InputAudioTokens = (int)((heardMs ?? 0) / 100),
            AnswerTo = outOfBand ? null : user,
        };
    }

    /// <summary>The first answer, or after function calls and their outputs the next of "then".</summary>
    private IReadOnlyList<ScriptAnswer> Answers(ScriptTurn? entry, ConversationItem? user)
    {
        var round = user is not null && _conversation.HasOutputAfter(user) ? user.CallRounds : 0;
        if (round > 0)
            return entry is not null && round <= entry.Then.Count ? entry.Then[round - 1] : [new TextAnswer("Done.")];
        return entry?.Answer ?? _core.Options.Script?.Otherwise ?? [new RepeatAnswer()];
    }

    private AnswerPlanner.Heard HeardInInput(JsonObject? request)
    {
        var last = Input(request).LastOrDefault();
        if (last is null)
            return new AnswerPlanner.Heard(null, null, _codec.Rate);
        if (String(last, "type") != "item_reference")
            return new AnswerPlanner.Heard(ConversationItem.TextOf(last), null, _codec.Rate);
        var item = _conversation.Find(String(last, "id"))!;
        return new AnswerPlanner.Heard(item.Text, item.UserAudio, item.Rate);
    }
}

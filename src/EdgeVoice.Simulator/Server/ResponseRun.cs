using System.Text.Json.Nodes;

namespace EdgeVoice.Simulator.Server;

/// <summary>One response: its head, its output items, its end. The end is written at once, whoever brings it about.</summary>
/// <remarks>Every member under the session's gate.</remarks>
internal sealed class ResponseRun
{
    private const int OutputTokensASecond = 20;

    /// <summary>100 ms of PCM16 that is loud and constant, so that whoever plays it is found out.</summary>
    private static readonly string LateDelta = Convert.ToBase64String(Enumerable.Repeat((byte)0x22, 4800).ToArray());

    private readonly SessionCore _core;
    private readonly JsonArray _output = [];
    private readonly JsonObject _head;
    private OutputItem? _current;
    private int _audioTokens;
    private int _textTokens;

    internal ResponseRun(SessionCore core, Conversation? conversation, ResponsePlan plan)
    {
        (_core, Conversation, Plan) = (core, conversation, plan);
        Id = core.NewId("resp");
        _head = new JsonObject
        {
            ["object"] = "realtime.response",
            ["id"] = Id,
            ["conversation_id"] = conversation?.Id,
            ["output_modalities"] = new JsonArray(plan.Modality),
            ["max_output_tokens"] = plan.MaxTokens is { } max ? max : "inf",
            ["audio"] = new JsonObject { ["output"] = new JsonObject { ["format"] = plan.Format.DeepClone(), ["voice"] = plan.Voice.DeepClone() } },
            ["metadata"] = plan.Metadata?.DeepClone(),
        };
    }

    internal string Id { get; }

    internal ResponsePlan Plan { get; }

    /// <summary>The conversation it writes to; null when out of band.</summary>
    internal Conversation? Conversation { get; }

    /// <summary>The open item; null between items.</summary>
    internal string? CurrentItemId => _current?.Id;

    internal bool Closed { get; private set; }

    internal string Status { get; private set; } = "in_progress";

    /// <summary>Sound sent, in milliseconds of playback.</summary>
    internal double SpokenMs { get; private set; }

    internal CancellationTokenSource Stop { get; } = new();

    /// <summary>Called once when it ends.</summary>
    internal Action<ResponseRun>? OnClosed { get; init; }

    internal void Open()
    {
        _core.Emit("response.created", ("response", Head("in_progress", null, null)));
        _core.Emit("rate_limits.updated", ("rate_limits", new JsonArray(
            new JsonObject { ["name"] = "requests", ["limit"] = 5000, ["remaining"] = 4999, ["reset_seconds"] = 0.012 },
            new JsonObject { ["name"] = "tokens", ["limit"] = 400_000, ["remaining"] = 395_000, ["reset_seconds"] = 0.75 })));
    }

    internal OutputItem Begin(PlannedOutput output)
    {
        var index = _output.Count;
        _current = output switch
        {
            SpokenOutput spoken => new SpokenItem(_core, this, index, spoken, AllowedSamples()),
            WrittenOutput written => new WrittenItem(_core, this, index, written),
            CallOutput call => new CallItem(_core, this, index, call),
            _ => throw new InvalidOperationException("A failure is no item."),
        };
        _current.Begin();
        return _current;
    }

    /// <summary>Ends the current item; false when the token limit cut it.</summary>
    internal bool EndItem(string status)
    {
        var item = _current!;
        _current = null;
        _output.Add(item.End(item.CutByLimit ? "incomplete" : status));
        _audioTokens += item.AudioTokens;
        _textTokens += item.TextTokens;
        SpokenMs += item.SpokenMs;
        return !item.CutByLimit;
    }

    /// <summary>Writes the end: the open item's closing events, then response.done. Nothing of this response follows it.</summary>
    internal void Close(string status, JsonObject? details)
    {
        if (Closed)
            return;
        if (_current is not null)
            EndItem("incomplete");
        Closed = true;
        Status = status;
        OnClosed?.Invoke(this);
        _core.Emit("response.done", ("response", Head(status, details, Usage())));
        _core.Note($"{Id} {status}, {SpokenMs / 1000:0.0} s of sound sent");
        _ = Stop.CancelAsync();
    }

    internal void Cancel(string reason)
    {
        var item = CurrentItemId;
        Close("cancelled", new JsonObject { ["type"] = "cancelled", ["reason"] = reason });
        // Taken only where there is sound to go on with: an item that has begun.
        if (item is null || !_core.Faults.TryTake(FaultMode.LateDeltas, out var deltas))
            return;
        for (var i = 0; i < deltas; i++)
            StrangeMessage.EmitDelta(_core, Id, item, LateDelta);
    }

    internal void Fail(string code, string message) => Close("failed", new JsonObject
    {
        ["type"] = "failed",
        ["error"] = new JsonObject { ["type"] = "server_error", ["code"] = code, ["message"] = message },
    });

    /// <summary>The connection is gone: what was sent is recorded, nothing is emitted.</summary>
    internal void Abandon()
    {
        if (Closed)
            return;
        Closed = true;
        Status = "abandoned";
        (_current as SpokenItem)?.Record(whole: false);
        _ = Stop.CancelAsync();
    }

    private int AllowedSamples() =>
        Plan.MaxTokens is { } max ? (int)((long)Math.Max(0, max - _audioTokens - _textTokens) * Plan.Codec.Rate / OutputTokensASecond) : int.MaxValue;

    private JsonObject Head(string status, JsonObject? details, JsonObject? usage)
    {
        var head = _head.DeepClone().AsObject();
        head["status"] = status;
        head["status_details"] = details;
        head["output"] = _output.DeepClone();
        head["usage"] = usage;
        return head;
    }

    private JsonObject Usage()
    {
        var (text, audio) = (Plan.InputTextTokens, Plan.InputAudioTokens);
        return new JsonObject
        {
            ["total_tokens"] = text + audio + _textTokens + _audioTokens,
            ["input_tokens"] = text + audio,
            ["output_tokens"] = _textTokens + _audioTokens,
            ["input_token_details"] = new JsonObject
            {
                ["text_tokens"] = text,
                ["audio_tokens"] = audio,
                ["image_tokens"] = 0,
                ["cached_tokens"] = 0,
                ["cached_tokens_details"] = new JsonObject { ["text_tokens"] = 0, ["audio_tokens"] = 0, ["image_tokens"] = 0 },
            },
            ["output_token_details"] = new JsonObject { ["text_tokens"] = _textTokens, ["audio_tokens"] = _audioTokens },
        };
    }
}

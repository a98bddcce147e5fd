#pragma warning disable OPENAI002 // The package marks its Realtime client as experimental; it is the judge here, not a dependency.
using System.ClientModel;
using EdgeVoice.Simulator.Server;
using OpenAI.Realtime;

namespace EdgeVoice.IntegrationTests.Simulator;

/// <summary>
/// A client nobody here wrote holds a spoken turn with the stand-in server; its own event types are the judge: what it does not know
/// it reads into a type that is not public.
/// </summary>
public sealed class OpenAIPackageTests
{
    private static readonly SimulatorScript Script = new()
    {
        Turns =
        [
            new ScriptTurn { Transcript = "I am the only person?", Answer = [new TextAnswer("You are the only person in this conference, as far as I can tell.")] },
            new ScriptTurn
            {
                Answer = [new ToolCallAnswer("set_timer", """{"seconds":60}""")],
                Then = [[new TextAnswer("The timer runs.")]],
            },
        ],
    };

    [Fact]
    public async Task SpokenTurn_WithTruncationAndAFunctionCall_IsUnderstoodByTheOpenAIPackage()
    {
        if (Recorded.Missing)
            return;
        await using var server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = Script, RequiredKey = "sk-simulated", Speed = 50, OddDeltas = false });
        var client = new RealtimeClient(new ApiKeyCredential("sk-simulated"), new RealtimeClientOptions { Endpoint = new Uri($"ws://127.0.0.1:{server.Url.Port}/v1") });
        using var session = await client.StartConversationSessionAsync("gpt-realtime", new RealtimeSessionClientOptions(), WireClient.Soon);
        await using var updates = session.ReceiveUpdatesAsync(WireClient.Soon).GetAsyncEnumerator();
        var seen = new List<RealtimeServerUpdate>();

        await session.ConfigureConversationSessionAsync(Options(), WireClient.Soon);
        await UntilAsync<RealtimeServerUpdateSessionUpdated>(updates, seen);
        await session.SendInputAudioAsync(new BinaryData(WireClient.Bytes(Recorded.Speech("conf-onlyperson", 24000, 400, 900))), WireClient.Soon);
        var done = await UntilAsync<RealtimeServerUpdateResponseDone>(updates, seen);
        Assert.Equal(RealtimeResponseStatus.Completed, done.Response.Status);
        Assert.True(done.Response.Usage.TotalTokenCount > 0);
        CheckSpokenTurn(seen, server.Sessions[0]);

        var itemId = seen.OfType<RealtimeServerUpdateResponseOutputAudioDelta>().First().ItemId;
        await session.TruncateItemAsync(itemId, 0, TimeSpan.FromMilliseconds(1234), WireClient.Soon);
        var truncated = await UntilAsync<RealtimeServerUpdateConversationItemTruncated>(updates, seen);
        Assert.Equal((itemId, 1234), (truncated.ItemId, (int)truncated.AudioEndTime.TotalMilliseconds));

        await session.AddItemAsync(RealtimeItem.CreateUserMessageItem("Set a timer to a minute."), WireClient.Soon);
        await session.StartResponseAsync(WireClient.Soon);
        var call = await UntilAsync<RealtimeServerUpdateResponseFunctionCallArgumentsDone>(updates, seen);
        Assert.Equal(("set_timer", """{"seconds":60}"""), (call.FunctionName, call.FunctionArguments.ToString()));
        done = await UntilAsync<RealtimeServerUpdateResponseDone>(updates, seen);
        var item = Assert.IsType<RealtimeFunctionCallItem>(Assert.Single(done.Response.OutputItems));
        await session.AddItemAsync(RealtimeItem.CreateFunctionCallOutputItem(item.CallId, """{"ok":true}"""), WireClient.Soon);
        await session.StartResponseAsync(WireClient.Soon);
        var transcript = await UntilAsync<RealtimeServerUpdateResponseOutputAudioTranscriptDone>(updates, seen);
        Assert.Equal("The timer runs.", transcript.Transcript);
        await UntilAsync<RealtimeServerUpdateResponseDone>(updates, seen);

        await session.CancelResponseAsync(WireClient.Soon);
        var error = await UntilAsync<RealtimeServerUpdateError>(updates, seen);
        Assert.Equal("response_cancel_not_active", error.Error.Code);
        Assert.All(seen, update => Assert.True(update.GetType().IsPublic, $"the package does not know {update.Kind}"));

        server.FailNext(1, FaultMode.Unknown);
        await session.StartResponseAsync(WireClient.Soon);
        await UntilAsync<RealtimeServerUpdateResponseDone>(updates, seen);
        Assert.Equal(2, seen.Count(update => !update.GetType().IsPublic));
    }

    private static RealtimeConversationSessionOptions Options() => new()
    {
        Instructions = "You are a kitchen helper.",
        AudioOptions = new RealtimeConversationSessionAudioOptions
        {
            InputAudioOptions = new RealtimeConversationSessionInputAudioOptions
            {
                AudioFormat = new RealtimePcmAudioFormat(),
                AudioTranscriptionOptions = new RealtimeAudioTranscriptionOptions { Model = "whisper-1", Language = "en" },
                TurnDetection = new RealtimeServerVadTurnDetection
                {
                    DetectionThreshold = 0.5f,
                    PrefixPadding = TimeSpan.FromMilliseconds(300),
                    SilenceDuration = TimeSpan.FromMilliseconds(500),
                    CreateResponseEnabled = true,
                    InterruptResponseEnabled = true,
                },
            },
            OutputAudioOptions = new RealtimeConversationSessionOutputAudioOptions { AudioFormat = new RealtimePcmAudioFormat(), Voice = RealtimeVoice.Marin },
        },
        Tools = { new RealtimeFunctionTool("set_timer") { FunctionDescription = "Start a timer", FunctionParameters = BinaryData.FromString("""{"type":"object","properties":{"seconds":{"type":"integer"}}}""") } },
    };

    private static void CheckSpokenTurn(List<RealtimeServerUpdate> seen, SimulatedSession session)
    {
        Assert.Single(seen.OfType<RealtimeServerUpdateInputAudioBufferSpeechStarted>());
        Assert.Single(seen.OfType<RealtimeServerUpdateInputAudioBufferSpeechStopped>());
        byte[] sound = [.. seen.OfType<RealtimeServerUpdateResponseOutputAudioDelta>().SelectMany(delta => delta.Delta.ToArray())];
        Assert.Equal(session.Sent[0].Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(sound)));
        Assert.StartsWith("You are the only person", seen.OfType<RealtimeServerUpdateResponseOutputAudioTranscriptDone>().Single().Transcript, StringComparison.Ordinal);
        Assert.Equal("I am the only person?", seen.OfType<RealtimeServerUpdateConversationItemInputAudioTranscriptionCompleted>().Single().Transcript);
        Assert.Empty(session.Errors);
    }

    private static async Task<T> UntilAsync<T>(IAsyncEnumerator<RealtimeServerUpdate> updates, List<RealtimeServerUpdate> seen)
        where T : RealtimeServerUpdate
    {
        while (await updates.MoveNextAsync())
        {
            seen.Add(updates.Current);
            if (updates.Current is T wanted)
                return wanted;
        }
        throw new InvalidOperationException($"the stream ended before {typeof(T).Name}; had {string.Join(' ', seen.Select(update => update.Kind))}");
    }
}

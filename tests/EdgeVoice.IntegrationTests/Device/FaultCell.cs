using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Link;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>
/// One cell: a device brought into a state, a fault, the rest of the turn, and a turn after it. Judged by what the server heard and
/// by what people are told.
/// </summary>
internal sealed class FaultCell(CellFault fault, CellState state, int seed) : IAsyncDisposable
{
    private const int QuestionMs = 400;
    private const int ProbeMs = 1_800;
    private const int AnswerMs = 700;
    private const int Probes = 3;

    private readonly short[] _question = Clips.Noise(seed, QuestionMs);
    private readonly short[] _answer = Clips.Noise(seed + 1, AnswerMs);
    private readonly short[] _probeAnswer = Clips.Noise(seed + 2, 300);
    private SimulatorServer _server = null!;
    private LinkProxy _link = null!;
    private DeviceUnderTest _device = null!;
    private bool _asked;

    /// <summary>Runs it.</summary>
    /// <returns>"ok" or "told": the turn in flight was answered, or its loss told and sounded.</returns>
    public async Task<string> RunAsync()
    {
        await StartAsync();
        await ReachAsync();
        if (state.Moment != CellMoment.BeforeConnection) await fault.Strike(_server, _link);
        try
        {
            await FinishTurnAsync();
            await ProbeAsync();
        }
        catch (Xunit.Sdk.FailException stuck)
        {
            Assert.Fail($"{stuck.Message}; the server: {Seen()}");
        }
        var heard = await _device.FinishAsync();
        var verdict = _asked ? Judge(heard) : "ok";
        Assert.True(_server.PendingFaults == 0, "the fault never struck");
        return verdict;
    }

    public async ValueTask DisposeAsync()
    {
        if (_device is not null) await _device.DisposeAsync();
        if (_link is not null) await _link.DisposeAsync();
        if (_server is not null)
        {
            // The device is gone: a server that still holds a session of it, though told by TCP, has been left one.
            foreach (var session in _server.Sessions.Where(session => !session.Ended))
                await session.WaitAsync(seen => seen.Ended, Soon(5));
            await _server.DisposeAsync();
        }
    }

    private static CancellationToken Soon(int seconds) => new CancellationTokenSource(TimeSpan.FromSeconds(seconds)).Token;

    private async Task StartAsync()
    {
        var script = new SimulatorScript
        {
            // Turns are told by their sound: a new session counts anew, and a length depends on the machine. A response held back is
            // what Thinking waits in.
            Turns =
            [
                new ScriptTurn
                {
                    Sound = Holds, Speed = 1.5, DelayMs = state.Moment == CellMoment.Thinking ? 700 : 0,
                    Answer = [new PcmAnswer(_answer, Clips.Rate, "Answer.")],
                },
            ],
            Otherwise = [new PcmAnswer(_probeAnswer, Clips.Rate, "Probe.")],
        };
        _server = await SimulatorServer.StartAsync(new SimulatorOptions { Script = script, Seed = seed });
        _link = LinkProxy.Before(_server.Url, chance: new Random(seed));
        var setup = new DeviceSetup();
        if (state.Detection is { } type) setup = setup with { Configure = DeviceUnderTest.HandsFree(d => d with { Type = type }) };
        if (state.Moment == CellMoment.BeforeConnection) await fault.Strike(_server, _link);
        if (state.Moment == CellMoment.Committing) _link.Shape = new LinkShape { DelayMs = 120 };
        _device = await DeviceUnderTest.StartAtAsync(new Uri(_link.Url, "?model=gpt-realtime"), setup);
        if (state.Moment != CellMoment.BeforeConnection) await _device.ReadyAsync();
        await DeviceUnderTest.PassMsAsync(350);
    }

    private async Task ReachAsync()
    {
        if (state.Moment is CellMoment.BeforeConnection or CellMoment.Idle) return;
        if (state.HandsFree) _device.Button.Tap();
        else _device.Button.Press();
        await _device.TurnAsync(TurnState.Armed);
        if (state.Moment == CellMoment.Armed) return;
        _asked = true;
        var said = await _device.BeginToSayAsync(_question);
        await DeviceUnderTest.PassAsync(said.StartNs + (QuestionMs * 500_000L));
        if (state.Moment == CellMoment.Listening) return;
        await DeviceUnderTest.PassAsync(said.EndNs);
        if (!state.HandsFree) _device.Button.Release();
        if (state.Moment == CellMoment.Committing) await _device.TurnAsync(TurnState.Committing);
        if (state.Moment == CellMoment.Thinking) await _device.TurnAsync(TurnState.Thinking);
        if (state.Moment < CellMoment.Speaking) return;
        await _device.HeardPartAsync(0, 150);
        if (state.Moment == CellMoment.Interrupted) _device.Button.Press();
    }

    private async Task FinishTurnAsync()
    {
        if (state.Moment == CellMoment.Interrupted)
        {
            // The press that cut the answer is a turn in which nothing is said.
            await HoldOnAsync();
        }
        else if (state.Moment == CellMoment.Armed)
        {
            _asked = true;
            await _device.SayAsync(_question);
            if (!state.HandsFree) _device.Button.Release();
        }
        else if (state.Moment == CellMoment.Listening)
        {
            await DeviceUnderTest.PassMsAsync((QuestionMs / 2) + 60);
            if (!state.HandsFree) _device.Button.Release();
        }
        if (fault.Interrupts && state.Moment != CellMoment.Interrupted) await InterruptAsync();
        await SettledAsync();
    }

    private async Task InterruptAsync()
    {
        if (!_asked)
        {
            _asked = true;
            await _device.TalkAsync(_question);
        }
        await _device.HeardPartAsync(0, 150);
        _device.Button.Press();
        await HoldOnAsync();
    }

    // Long enough for a hold: a tap would leave a turn open that the next press ends.
    private async Task HoldOnAsync()
    {
        await DeviceUnderTest.PassMsAsync(700);
        _device.Button.Release();
    }

    private string Seen() => string.Join("; ", _server.Sessions.Select(session =>
        $"{session.Committed.Count} turns of {string.Join(',', session.Committed.Select(c => c.Samples / 24))} ms, "
        + $"{string.Join(',', session.Sent.Select(sent => $"{sent.Samples / 24} ms {sent.Whole}"))} sent, {session.ReceivedSamples / 24} ms had, "
        + $"close {session.CloseCode}, ended {session.Ended}, errors {string.Join(',', session.Errors)}, "
        + string.Join(' ', session.ClientEvents.Where(e => !e.Contains("buffer.append", StringComparison.Ordinal)).Select(Type))));

    private static string? Type(string wire) => System.Text.Json.Nodes.JsonNode.Parse(wire)?["type"]?.GetValue<string>();

    /// <summary>Waits until it is nobody's turn and nothing more comes for a while.</summary>
    private async Task SettledAsync()
    {
        await _device.News.UntilAsync(() => Stopped() || (Rests() && (!_asked || Heard() || Sounded())), "the turn's end");
        await DeviceUnderTest.PassMsAsync(150);
        await _device.News.UntilAsync(() => Stopped() || Rests(), "the turn's end");
        // Hands-free, whoever wants to go on closes the conversation and opens it anew; push to talk does with every turn.
        if (!Stopped() || !state.HandsFree || _device.News.State.Conversation == ConversationState.Closed) return;
        _device.Button.Tap();
        await _device.News.UntilAsync(() => _device.News.State.Conversation == ConversationState.Closed, "the conversation's end");
        await DeviceUnderTest.PassMsAsync(300);
    }

    // More than a fault may have made of two samples.
    private bool Heard() => Enumerable.Range(0, 4).Any(item => _device.News.HeardMs(item) >= 100);

    private bool Stopped() => fault.Stops && _device.News.State.Link == LinkState.Stopped && Sounded();

    private bool Rests() => _device.News.State is { Press: null } now && (now.Turn == TurnState.Idle || (state.HandsFree && now.Turn == TurnState.Armed));

    private bool Sounded() => _device.News.Of<ConversationNews.Cued>().Any(news => news.Cue.Sound == SoundName.Error) && _device.News.Told.Count > 0;

    /// <summary>Speaks until an answer is heard whole; the last of the probes has to be.</summary>
    private async Task ProbeAsync()
    {
        for (var probe = 1; ; probe++)
        {
            var before = _device.News.ItemsHeard;
            var errors = Errors();
            var clip = Clips.Noise(seed + 10 + probe, ProbeMs);
            if (state.HandsFree)
            {
                if (_device.News.State.Conversation == ConversationState.Closed) _device.Button.Tap();
                await _device.SayAsync(clip);
            }
            else
            {
                await _device.TalkAsync(clip);
            }
            await _device.News.UntilAsync(
                () => Rests() && (_device.News.ItemsHeard > before || Errors() > errors), $"an answer to probe {probe} after {fault} in {state}");
            if (_device.News.ItemsHeard > before || probe == Probes) break;
        }
    }

    private int Errors() => _device.News.Of<ConversationNews.Cued>().Count(news => news.Cue.Sound == SoundName.Error);

    /// <summary>The question is whole, in order and once, in the session that answered it; or its loss was told and sounded.</summary>
    private string Judge(HeardWav heard)
    {
        Assert.True(heard.Samples.AsSpan().IndexOf(Enumerable.Repeat((short)0x2222, 48).ToArray()) < 0, "deltas of a cancelled response were heard");
        var place = heard.Find(_answer);
        if (place.Count > 0)
        {
            Assert.True(_server.Sessions.Any(session => Answered(session) && Turns(session).Any(Holds)), "the question is not whole where it was answered");
            foreach (var session in _server.Sessions)
                Assert.True(Turns(session).Count(Holds) <= 1, "the question was committed twice in one session");
            heard.NotHeardAfter(_answer.AsSpan(0, place.Count), place.End);
            return "ok";
        }
        Assert.True(Sounded(), $"the question was not answered, and nobody was told and sounded to: {string.Join(" | ", _device.News.Told)}");
        return "told";
    }

    private bool Answered(SimulatedSession session) => session.Sent.Any(sent => sent.Pcm.Span.StartsWith(_answer.AsSpan(0, 480)));

    private bool Holds(short[] turn) => turn.AsSpan().IndexOf(_question) >= 0;

    private static IEnumerable<short[]> Turns(SimulatedSession session) =>
        Enumerable.Range(0, session.Committed.Count).Select(index => ServerHeard.Committed(session, index));
}

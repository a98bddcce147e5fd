using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Simulator.Server;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Turns that are typed, and answers that are read.</summary>
[Collection(WholeDevice.Name)]
public sealed class TextTests
{
    [Fact]
    public async Task Say_WhileReady_IsAnsweredAndHeard()
    {
        var answer = Clips.Noise(501, 500);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        device.Device.Conversation.Post(new TextSaid("What is the time?"));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        heard.HeardWhole(answer, device.Session.Sent.Single().Sha256);
        Assert.Contains(device.Session.ClientEvents, e => e.Contains("What is the time?", StringComparison.Ordinal));
        Assert.Equal(0, device.Session.ReceivedSamples);
        Assert.Empty(device.Session.Errors);
        Assert.Equal(("What is the time?", "Answer 1, item 1."), (device.Device.Words.User, device.Device.Words.Assistant));
    }

    [Fact]
    public async Task Say_ConnectionDroppedBeforeTheAnswer_IsAskedAgainOnTheNextSession()
    {
        var answer = Clips.Noise(502, 500);
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer));
        device.Server.FailNext(1, FaultMode.DropBeforeDelta);
        device.Device.Conversation.Post(new TextSaid("Hello?"));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        Assert.Equal(2, device.Server.Sessions.Count);
        heard.HeardWhole(answer, device.Session.Sent.Single().Sha256);
        Assert.Single(device.Session.ClientEvents, e => e.Contains("conversation.item.create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Say_WhileTheAnswerSounds_CutsItAndIsAnswered()
    {
        var (question, first, second) = (Clips.Noise(503, 500), Clips.Noise(504, 3_000), Clips.Noise(505, 500));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(first, second));
        await device.TalkAsync(question);
        await device.HeardPartAsync(0, 300);
        device.Device.Conversation.Post(new TextSaid("Shorter, please."));
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        var place = heard.Find(first);
        Assert.InRange(place.Count, Clips.Samples(300), Clips.Samples(2_000));
        heard.NotHeardAfter(first.AsSpan(0, place.Count), place.End);
        heard.HeardWhole(second, device.Session.Sent[^1].Sha256, place.End);
        Assert.Single(device.Session.Truncations);
        // The order may overtake the cancellation of what was running: it is refused then, and given again.
        Assert.DoesNotContain(device.Session.Errors, e => !e.StartsWith("conversation_already_has_active_response", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Say_HandsFreeAlwaysOpen_IsAnsweredWhileItListensOn()
    {
        var (answer, other, question) = (Clips.Noise(506, 500), Clips.Noise(507, 500), Clips.Noise(508, 800));
        var free = DeviceUnderTest.HandsFree();
        var setup = new DeviceSetup
        {
            Configure = o => free(o) with { Conversation = free(o).Conversation with { Open = ConversationOpening.Always } },
        };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer, other), setup);
        await device.TurnAsync(TurnState.Armed);
        device.Device.Conversation.Post(new TextSaid("Are you there?"));
        await device.HeardAsync(1);
        await device.SayAsync(question);
        await device.HeardAsync(2);
        var heard = await device.FinishAsync();

        var place = heard.HeardWhole(answer, device.Session.Sent[0].Sha256);
        heard.HeardWhole(other, device.Session.Sent[1].Sha256, place.End);
        Assert.Single(device.Session.Committed);
    }

    [Fact]
    public async Task Answers_InText_AreReadAndNothingIsHeard()
    {
        var question = Clips.Noise(509, 500);
        var setup = new DeviceSetup
        {
            Configure = o => o with { Realtime = o.Realtime with { Output = o.Realtime.Output with { Modality = AnswerModality.Text } } },
        };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(510, 500), Clips.Noise(511, 500)), setup);
        await device.TalkAsync(question);
        await ReadAsync(device, "Answer 1, item 1.");
        device.Device.Conversation.Post(new TextSaid("And now?"));
        await ReadAsync(device, "Answer 2, item 1.");
        var heard = await device.FinishAsync();

        Assert.False(heard.Samples.AsSpan().ContainsAnyExcept((short)0), "something was heard");
        Assert.Empty(device.Session.Sent);
        Assert.Empty(device.Session.Deletions);
        Assert.DoesNotContain(device.News.Of<ConversationNews.StateChanged>(), n => n.State.Turn is TurnState.Speaking or TurnState.Interrupted);
        Assert.DoesNotContain(device.News.Told, t => t.Contains("could not", StringComparison.Ordinal));
    }

    private static Task ReadAsync(DeviceUnderTest device, string text) => device.News.UntilAsync(
        () => device.Device.Words.Assistant == text && device.News.State.Turn == TurnState.Idle, $"\"{text}\" to be read");
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Hands-free: the server finds the turns.</summary>
[Collection(WholeDevice.Name)]
public sealed class HandsFreeTests
{
    [Theory]
    [InlineData(TurnDetectionType.SemanticVad)]
    [InlineData(TurnDetectionType.ServerVad)]
    public async Task Turns_FoundByTheServer_AreHeardSampleForSample(TurnDetectionType type)
    {
        short[][] questions = [Clips.Recorded("auth-thankyou"), Clips.Recorded("vm-goodbye")];
        short[][] answers = [Clips.Recorded("activated"), Clips.Noise(41, 400)];
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree(d => d with { Type = type }) };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answers), setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        for (var i = 0; i < questions.Length; i++)
        {
            await device.SayAsync(questions[i]);
            await device.HeardAsync(i + 1);
        }

        var heard = await device.FinishAsync();
        Assert.Equal(2, device.Session.Committed.Count);
        for (var i = 0; i < questions.Length; i++)
        {
            ServerHeard.Holds(ServerHeard.Committed(device.Session, i), Spoken(questions[i]));
            heard.HeardWhole(answers[i], device.Session.Sent[i].Sha256);
        }

        Assert.DoesNotContain(device.Session.ClientEvents, e => e.Contains("\"input_audio_buffer.commit\"", StringComparison.Ordinal));
        Assert.Empty(device.Session.Errors);
    }

    [Fact]
    public async Task Conversation_NotOpened_SendsNothing()
    {
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree() };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(42, 300)), setup);
        await device.SayAsync(Clips.Noise(43, 600));
        await device.FinishAsync();
        Assert.Equal(0, device.Session.ReceivedSamples);
    }

    [Fact]
    public async Task Tap_WhileItListens_ClosesTheConversation()
    {
        var setup = new DeviceSetup { Configure = DeviceUnderTest.HandsFree() };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(Clips.Noise(44, 300)), setup);
        device.Button.Tap();
        await device.TurnAsync(TurnState.Armed);
        await DeviceUnderTest.PassMsAsync(600);
        device.Button.Tap();
        await device.News.UntilAsync(() => device.News.State.Conversation == ConversationState.Closed, "the conversation closed");
        await DeviceUnderTest.PassMsAsync(100);
        var sent = device.Session.ReceivedSamples;
        await device.SayAsync(Clips.Noise(45, 600));
        await device.FinishAsync();
        Assert.Equal(sent, device.Session.ReceivedSamples);
        Assert.Empty(device.Session.Committed);
    }

    [Fact]
    public async Task AlwaysOpen_FromTheStart_TakesATurn()
    {
        var (question, answer) = (Clips.Noise(46, 600), Clips.Noise(47, 400));
        var setup = new DeviceSetup
        {
            Configure = options => DeviceUnderTest.HandsFree()(options) with
            {
                Conversation = options.Conversation with { Mode = ConversationMode.HandsFree, Open = ConversationOpening.Always },
            },
        };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), setup);
        await device.SayAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        ServerHeard.Holds(ServerHeard.Committed(device.Session), question);
        heard.HeardWhole(answer, device.Session.Sent[0].Sha256);
    }

    // The server's turn begins with its own padding and ends with the silence it waited for: digital silence around is not speech.
    private static ReadOnlySpan<short> Spoken(short[] clip)
    {
        var quiet = Clips.Rate / 10;
        return clip.AsSpan(quiet..^quiet);
    }
}

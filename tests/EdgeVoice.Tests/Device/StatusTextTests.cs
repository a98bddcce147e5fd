using EdgeVoice.Core.Conversation;
using EdgeVoice.Service;

namespace EdgeVoice.Tests.Device;

public sealed class StatusTextTests
{
    [Fact]
    public void NothingWrong_AllIsWell() => Assert.Equal("all well", StatusText.Of(new DeviceState(), []));

    [Fact]
    public void EverythingWrong_EachIsSaidOnce() => Assert.Equal(
        "microphone missing: no card X; loudspeaker missing: busy; no button; bad key",
        StatusText.Of(
            new DeviceState { MicrophoneProblem = "no card X", LoudspeakerProblem = "busy", LinkCause = "bad key" }, ["no card X", "no button"]));
}

using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Service;

namespace EdgeVoice.Tests.Device;

public sealed class StatusTextTests
{
    [Fact]
    public void NothingWrong_AllIsWell() => Assert.Equal("all well", StatusText.Of(new DeviceState(), []));

    [Fact]
    public void EverythingWrong_EachIsSaidOnce() => Assert.Equal(
        "microphone missing (7 blinks): no card X; loudspeaker missing (8 blinks): busy; no button; bad key (4 blinks)",
        StatusText.Of(
            new DeviceState { MicrophoneProblem = "no card X", LoudspeakerProblem = "busy", LinkCause = "bad key", LinkTrouble = Trouble.KeyRejected }, ["no card X", "no button"]));
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Led;
using EdgeVoice.Device;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Device;

public sealed class SceneSourceTests
{
    private readonly ManualTime _time = new();
    private DeviceState _state = new() { Link = LinkState.Ready };
    private bool _isDown;
    private readonly SceneSource _scenes;

    public SceneSourceTests() => _scenes = new SceneSource(() => _state, () => 0, () => _isDown, new LedOptions(), _time);

    [Fact]
    public void CuedTrouble_ErrorWithItsCount_AgainWithEachCue()
    {
        Assert.Equal(Look.Idle, Now());
        _state = _state with { MicrophoneProblem = "gone" };
        _scenes.OnCue(Cue.Error(Trouble.NoMicrophone));
        Assert.Equal((Look.Error, 7), (Now(), _scenes.Now().ErrorBlinks));
        _time.AdvanceMs(6_000);
        Assert.Equal(Look.Idle, Now());
        _scenes.OnCue(Cue.Error(Trouble.NoMicrophone));
        Assert.Equal(Look.Error, Now());
        _state = _state with { MicrophoneProblem = null };
        Assert.Equal(Look.Idle, Now());
    }

    [Fact]
    public void TroubleWithoutAName_ErrorAndNoCount()
    {
        _scenes.OnCue(Cue.Error());
        Assert.Equal((Look.Error, 0), (Now(), _scenes.Now().ErrorBlinks));
    }

    [Fact]
    public void PressWhileMuted_FlashesTheMutePixels()
    {
        _state = _state with { Mute = MuteState.Muted };
        Assert.Null(_scenes.Now().MutedPressNs);
        _scenes.OnCue(new Cue(SoundName.MuteOn));
        Assert.Equal(_time.GetTimestamp(), _scenes.Now().MutedPressNs);
    }

    [Fact]
    public void LoudspeakerMissing_ErrorWithItsCount_AndAPressListens()
    {
        _state = _state with { LoudspeakerProblem = "gone" };
        Assert.Equal((Look.Error, 8), (Now(), _scenes.Now().ErrorBlinks));
        _time.AdvanceMs(6_000);
        _isDown = true;
        Now();
        _isDown = false;
        _state = _state with { Turn = TurnState.Listening };
        Assert.Equal(Look.Listening, Now());
    }

    [Fact]
    public void HeldButton_OwnColourUntilItIsAHold_ThenWhatItDoes()
    {
        (_isDown, _state) = (true, _state with { Turn = TurnState.Armed });
        Assert.Equal(Look.ButtonHeld, Now());
        _time.AdvanceMs(349);
        Assert.Equal(Look.ButtonHeld, Now());
        _time.AdvanceMs(1);
        Assert.Equal(Look.Woken, Now());
        _isDown = false;
        Assert.Equal(Look.Woken, Now());
        _isDown = true;
        Assert.Equal(Look.ButtonHeld, Now());
    }

    private Look Now() => Looks.Select(_scenes.Now(), _time.GetTimestamp());
}

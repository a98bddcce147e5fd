using EdgeVoice.Core.Control;
using EdgeVoice.Verbs;

namespace EdgeVoice.Tests.Verbs;

public sealed class CtlWatchViewTests : IDisposable
{
    private readonly StringWriter _output = new();

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Show_WithoutATerminal_IsLinesThatStay()
    {
        var view = new CtlWatchView(_output, isLive: false);
        view.Begin(new ControlStatus("Ready", "Closed", "Idle", "Open", "push-to-talk", 0, new Dictionary<string, long>(), "all well") { Volume = 40, DeviceId = "pi" });
        view.Show(new ControlEvent { Event = "levels", Microphone = -30, Loudspeaker = -60 });
        view.Show(new ControlEvent { Event = "transcript", Role = "user", Item = "u", Text = "What time?", Final = true });
        view.Show(new ControlEvent { Event = "transcript", Role = "assistant", Item = "a", Text = "Ten", Final = false });
        view.Show(new ControlEvent { Event = "transcript", Role = "assistant", Item = "a", Text = "Ten \u001b[2Jpast", Final = true });
        view.Show(new ControlEvent { Event = "state", Link = "Ready", Conversation = "Open", Turn = "Idle", Mute = "Muted", Text = "all well" });
        view.Show(new ControlEvent { Event = "one day" });
        view.End();
        Assert.Equal(
            """
            device  pi
            state   Ready  Closed  Idle  volume 40  all well
            person  What time?
            device  Ten  [2Jpast
            state   Ready  Open  Idle  muted  all well

            """,
            _output.ToString());
    }

    [Fact]
    public void Show_OnATerminal_WritesTheLastLineOver()
    {
        var view = new CtlWatchView(_output, isLive: true);
        view.Show(new ControlEvent { Event = "levels", Microphone = -30, Loudspeaker = -100 });
        Assert.Equal("\rmic ######......  speaker ............  \u001b[K", _output.ToString());
        view.Show(new ControlEvent { Event = "transcript", Role = "assistant", Item = "a", Text = new string('x', 500), Final = false });
        Assert.InRange(_output.ToString().Split('\r')[^1].Length, 1, 78 + 3);
        view.Show(new ControlEvent { Event = "transcript", Role = "assistant", Item = "a", Text = "Ten past.", Final = true });
        Assert.Contains("\r\u001b[Kdevice  Ten past.\n", _output.ToString(), StringComparison.Ordinal);
    }
}

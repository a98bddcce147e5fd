using System.Collections.Concurrent;
using EdgeVoice.Core.Control;

namespace EdgeVoice.IntegrationTests.Control;

/// <summary>Writes down what it was told.</summary>
internal sealed class FakeTarget : IControlTarget
{
    public ConcurrentQueue<string> Calls { get; } = [];

    public bool Fails { get; set; }

    public string Text { get; set; } = "all is well";

    public void Press() => Record("press");

    public void Release() => Record("release");

    public void Tap() => Record("tap");

    public void DoubleTap() => Record("double-tap");

    public void SetVolume(int percent) => Record($"volume {percent}");

    public ControlFeed Feed { get; } = new();

    public ControlLevels Loudness { get; set; } = new(-100, -100);

    public ControlLevels Levels() => Loudness;

    public Task<ControlReload> Reload { get; set; } = Task.FromResult(new ControlReload(true, "nothing has changed"));

    public Task<ControlReload> ReloadAsync()
    {
        Record("reload");
        return Reload;
    }

    public ControlConfiguration? Configuration { get; set; }

    public void Say(string text) => Record($"say {text}");

    /// <summary>Why it will not open the microphone; null: it will.</summary>
    public string? Refusal { get; set; }

    public string? SetMuted(bool muted)
    {
        Record(muted ? "muted" : "open");
        return muted ? null : Refusal;
    }

    public ControlStatus Status()
    {
        Record("status");
        return new("Ready", "Closed", "Idle", "Open", "push-to-talk", 3, new Dictionary<string, long> { ["xruns"] = 2, ["dropped-frames"] = 40 }, Text)
        {
            Configuration = Configuration,
        };
    }

    private void Record(string call)
    {
        if (Fails)
            throw new InvalidOperationException("planted");
        Calls.Enqueue(call);
    }
}

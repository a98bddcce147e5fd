using EdgeVoice.Core.Button;
using EdgeVoice.Core.Devices;

namespace EdgeVoice.Tests.Button;

/// <summary>A line whose edges are given in milliseconds, played into a recogniser with its deadlines kept (or not).</summary>
internal sealed class ButtonBench
{
    private readonly List<(long AtNs, bool Down)> _edges = [];

    public GestureRecognizer Recognizer { get; } = new();

    public List<Gesture> Told { get; } = [];

    /// <summary>When presses were confirmed, in nanoseconds: between a down and what it becomes, so kept apart.</summary>
    public List<long> ConfirmedAtNs { get; } = [];

    /// <summary>When each gesture was told, in nanoseconds; parallel to <see cref="Told"/>.</summary>
    public List<long> ToldAtNs { get; } = [];

    /// <summary>How late a deadline is served, in nanoseconds; <see cref="long.MaxValue"/> for never before the next edge.</summary>
    public Func<long> Lateness { get; init; } = () => 0;

    public static long Ns(double ms) => (long)(ms * 1e6);

    public ButtonBench Edge(double ms, bool down)
    {
        _edges.Add((Ns(ms), down));
        return this;
    }

    public ButtonBench Press(double fromMs, double toMs) => Edge(fromMs, true).Edge(toMs, false);

    public ButtonBench Run(double untilMs, bool startsDown = false)
    {
        var down = startsDown;
        foreach (var (at, isDown) in _edges)
        {
            ServeDeadlines(at, down);
            down = isDown;
            Note(Recognizer.OnEdge(new ButtonEdge(isDown, at)), at);
        }

        _edges.Clear();
        ServeDeadlines(Ns(untilMs), down);
        if (Recognizer.NextDeadlineNs <= Ns(untilMs)) Note(Recognizer.OnTime(Ns(untilMs), down), Ns(untilMs));
        return this;
    }

    public string Kinds() => string.Join(' ', Told.Select(g => g.Kind));

    private void ServeDeadlines(long beforeNs, bool down)
    {
        while (Recognizer.NextDeadlineNs is { } due)
        {
            var late = Lateness();
            if (late >= beforeNs - due) return;
            Note(Recognizer.OnTime(due + late, down), due + late);
        }
    }

    private void Note(ReadOnlySpan<Gesture> gestures, long nowNs)
    {
        foreach (var gesture in gestures)
        {
            if (gesture.Kind == GestureKind.Confirmed)
            {
                ConfirmedAtNs.Add(nowNs);
                continue;
            }

            Told.Add(gesture);
            ToldAtNs.Add(nowNs);
        }
    }
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Simulator.Devices;

namespace EdgeVoice.Demo;

/// <summary>Plays the person: presses, speaks, listens, interrupts.</summary>
internal sealed class DemoPlay(
    DemoOptions options,
    IReadOnlyList<DemoTurn> turns,
    CueSource microphone,
    ScriptedButton button,
    DemoRecorder recorder,
    TimeProvider time)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReactionTime = TimeSpan.FromMilliseconds(200);

    // Another server's answers have no known length: it is interrupted after this.
    private const int ForeignCutMs = 1_500;
    private readonly List<long> _speechEnds = [];
    private readonly List<int> _firstItems = [];
    private long _begunCue;
    private long _begunEndNs;

    /// <summary>For each turn, when its speech ended (monotonic nanoseconds).</summary>
    public IReadOnlyList<long> SpeechEnds => _speechEnds;

    /// <summary>For each turn, the index of the first item of its answer among the items heard.</summary>
    public IReadOnlyList<int> FirstItems => _firstItems;

    private static string NoAnswer => $"nothing answered within {ConnectTimeout.TotalSeconds:0} s";

    private bool HandsFree => options.Mode == ConversationMode.HandsFree;

    /// <summary>Plays all turns. Throws <see cref="DemoFailure"/> when the server does not play its part.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        microphone.Begun += OnBegun;
        await ConnectAsync(stop).ConfigureAwait(false);
        if (HandsFree) button.Tap();
        for (var i = 0; i < turns.Count; i++)
        {
            _firstItems.Add(recorder.Items.Count);
            var unanswered = recorder.Unanswered;
            await SpeakAsync(turns[i], stop).ConfigureAwait(false);
            await HearAsync(i, unanswered, stop).ConfigureAwait(false);
            if (!turns[i].IsCut) await PauseAsync(ReactionTime, stop).ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        var ready = recorder.UntilAsync(() => recorder.State.Link is LinkState.Ready or LinkState.Stopped);
        if (!await CompletesAsync(ready, ConnectTimeout, stop).ConfigureAwait(false) || !recorder.State.IsConnected)
            throw new DemoFailure($"no session: {recorder.State.LinkCause ?? NoAnswer}", 3);
    }

    private async Task SpeakAsync(DemoTurn turn, CancellationToken stop)
    {
        if (!HandsFree) button.Press();
        await PauseAsync(HandsFree ? TimeSpan.FromMilliseconds(400) : ReactionTime, stop).ConfigureAwait(false);
        var end = await PlayAsync(turn.Speech, stop).ConfigureAwait(false);
        _speechEnds.Add(end);
        await PauseAsync(TimeSpan.FromTicks(Math.Max(0, end - time.NowNs()) / 100), stop).ConfigureAwait(false);
        if (HandsFree) return;
        await PauseAsync(TimeSpan.FromMilliseconds(100), stop).ConfigureAwait(false);
        button.Release();
    }

    // Returns when the clip will have ended. The capture thread that tells its beginning must not allocate: it only stores.
    private async Task<long> PlayAsync(short[] clip, CancellationToken stop)
    {
        var cue = microphone.Play(clip);
        while (Volatile.Read(ref _begunCue) < cue) await PauseAsync(TimeSpan.FromMilliseconds(5), stop).ConfigureAwait(false);
        return Volatile.Read(ref _begunEndNs);
    }

    private void OnBegun(CuePlayed played)
    {
        Volatile.Write(ref _begunEndNs, played.EndNs);
        Volatile.Write(ref _begunCue, played.Cue);
    }

    private async Task HearAsync(int turn, int unanswered, CancellationToken stop)
    {
        var first = _firstItems[turn];
        var sounds = recorder.UntilAsync(() => recorder.Items.Count > first || recorder.Unanswered > unanswered);
        if (!await CompletesAsync(sounds, AnswerTimeout, stop).ConfigureAwait(false) || recorder.Items.Count == first) throw Unanswered(turn);
        if (turns[turn].IsCut)
        {
            var half = options.Url is null ? turns[turn].AnswerMs / 2 : ForeignCutMs;
            var heard = recorder.UntilAsync(() => recorder.Items[first] is { } item && item.Audio.ToMs(item.Samples) >= half || IsQuiet);
            var limit = AnswerTimeout + TimeSpan.FromMilliseconds(half);
            if (!await CompletesAsync(heard, limit, stop).ConfigureAwait(false)) throw Unanswered(turn);
            return;
        }

        var over = recorder.UntilAsync(() => IsQuiet);
        if (!await CompletesAsync(over, TimeSpan.FromMinutes(6), stop).ConfigureAwait(false)) throw Unanswered(turn);
    }

    private bool IsQuiet => recorder.State.Turn is TurnState.Idle or TurnState.Armed;

    private DemoFailure Unanswered(int turn) =>
        new($"turn {turn + 1} was not answered ({recorder.State.Turn}, link {recorder.State.Link}{Cause()})", 1);

    private string Cause() =>
        recorder.State.LinkCause is { } cause ? $": {cause}" : recorder.Told is { Length: > 0 } told ? $": {OneLine.Of(told)}" : "";

    private Task PauseAsync(TimeSpan pause, CancellationToken stop) => Task.Delay(pause, time, stop);

    private async Task<bool> CompletesAsync(Task task, TimeSpan timeout, CancellationToken stop)
    {
        try
        {
            await task.WaitAsync(timeout, time, stop).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}

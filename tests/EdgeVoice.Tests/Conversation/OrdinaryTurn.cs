using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Conversation;
using static EdgeVoice.Core.Conversation.PressKind;

namespace EdgeVoice.Tests.Conversation;

/// <summary>What a person and a well-behaved server do next, from whatever state: the way out.</summary>
internal sealed class OrdinaryTurn(ConversationBench b, TurnRules rules, WalkLaws laws, string name, bool cutFirst)
{
    /// <summary>Everything that still sounds is heard, then one turn is spoken, answered and heard; null, or where it got stuck.</summary>
    public string? Take(IReadOnlyList<AudioItem> sounding)
    {
        b.Do(new MuteSwitched(false, 0)).Do(new MuteWanted(false, 0)).Do(new MicrophoneBack(0)).Do(new LoudspeakerBack());
        if (cutFirst)
        {
            laws.Cut();
            b.Link(LinkState.Offline);
        }

        b.Link(LinkState.Ready).Flushed();
        if (b.State.Turn == TurnState.Interrupted) return "interrupted for ever";
        foreach (var response in laws.TakeRunning()) b.Done(response);
        AnswerMore(laws.FirstOpenOrder);
        foreach (var item in sounding) b.Mark(PlayedMarkKind.Progress, item, item.KeptSamples / 24.0);
        Open();
        var problem = (rules.HandsFree ? Free() : Held()) ?? laws.Judge() ?? laws.Leftovers();
        return problem is null ? null : $"the ordinary turn {name}: {problem}";
    }

    private void Open()
    {
        if (b.State.Gate != TurnGate.None && !rules.AlwaysOpen) b.Press(Down, Confirmed, PressKind.Tap, Down, Confirmed, DoubleTap);
        else if (rules.AlwaysOpen && b.State.Gate == TurnGate.None) b.Tap();
        b.Flushed();
        if (rules.HandsFree && b.State.Gate == TurnGate.None) b.Tap().Flushed();
    }

    private string? Held()
    {
        b.HoldDown().Flushed().Do(new SpeechHeard(b.State.TurnNumber)).Press(HoldEnded);
        if (b.State.Turn != TurnState.Committing) return "not committing";
        b.Do(new TurnSent(b.State.TurnNumber, true)).Committed();
        Created(b.State.TurnNumber, null);
        return Answer();
    }

    private string? Free()
    {
        // Where speech does not interrupt, whatever was being answered has to come to its end first.
        if (!rules.InterruptResponse && b.State.Turn is not (TurnState.Armed or TurnState.Listening)) b.Wait(TurnRules.AnswerTimeoutMs).Flushed();
        b.SpeechStarted().Flushed();
        if (b.State.Turn != TurnState.Listening) return "not listening";
        var before = b.Orders.Count;
        b.SpeechStopped(99_000).Committed();
        var ordered = b.Orders.Skip(before).LastOrDefault(o => o.StartsWith("create:ask_", StringComparison.Ordinal))?["create:ask_".Length..];
        if (!rules.CreateResponse && ordered is null) return "not asked";
        Created(null, rules.CreateResponse ? null : int.Parse(ordered!, CultureInfo.InvariantCulture));
        return Answer();
    }

    // What was refused while another response ran is asked for again after it, and answered too: with nothing.
    private void AnswerMore(int before)
    {
        for (var i = before; i < b.Orders.Count; i++)
        {
            if (b.Orders[i].Split(':', '_') is not ["create", var kind, var text]) continue;
            var number = int.Parse(text, CultureInfo.InvariantCulture);
            laws.Created($"{name}+{i}");
            b.Created($"{name}+{i}", kind == "again" ? number : null, kind == "again" ? int.MaxValue : number).Done($"{name}+{i}");
        }
    }

    private void Created(int? turn, int? order)
    {
        laws.Created(name);
        b.Created(name, turn, order);
    }

    private string? Answer()
    {
        if (b.Orders.Contains($"refuse:{name}")) return "refused";
        if (b.State.Turn != TurnState.Thinking) return "not thinking";
        laws.Known(name);
        var audio = b.Audio(name, name, 300);
        laws.Known(audio);
        b.Mark(PlayedMarkKind.Started, audio);
        if (b.State.Turn != TurnState.Speaking) return "not speaking";
        audio.MarkDone();
        var before = b.Orders.Count;
        b.Done(name).Mark(PlayedMarkKind.Progress, audio, 300);
        AnswerMore(before);
        laws.FirstOpenOrder = b.Orders.Count;
        if (b.State.Turn != (rules.HandsFree ? TurnState.Armed : TurnState.Idle)) return "not at rest";
        b.Wait(rules.IdleTimeoutMs);
        return rules.AlwaysOpen || b.State.Conversation == ConversationState.Closed ? null : "not closed";
    }
}

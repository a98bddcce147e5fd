using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Service;

/// <summary>One sentence for people: what is wrong, or that all is well.</summary>
internal static class StatusText
{
    /// <summary>
    /// The sentence. <paramref name="missing"/>: what could not be had from the start, one line each; a device's own line is not said
    /// twice.
    /// </summary>
    public static string Of(DeviceState state, IReadOnlyList<string> missing)
    {
        var parts = new List<string>();
        if (state.MicrophoneProblem is { } microphone) parts.Add($"microphone missing{Troubles.Label(Trouble.NoMicrophone)}: {microphone}");
        if (state.LoudspeakerProblem is { } loudspeaker) parts.Add($"loudspeaker missing{Troubles.Label(Trouble.NoLoudspeaker)}: {loudspeaker}");
        parts.AddRange(missing.Where(line => !parts.Exists(part => part.Contains(line, StringComparison.Ordinal))));
        if (state.LinkCause is { } cause) parts.Add(cause + Troubles.Label(state.LinkTrouble));
        return parts.Count == 0 ? "all well" : string.Join("; ", parts);
    }

    /// <summary>That the configuration offered is not taken, as one line of the missing; none where nothing is wrong with it.</summary>
    public static IReadOnlyList<string> Refused(IReadOnlyList<string> problems) => problems switch
    {
        [] => [],
        [var only] => [$"configuration not taken: {only}"],
        [var first, ..] => [$"configuration not taken: {first} (and {problems.Count - 1} more)"],
    };
}

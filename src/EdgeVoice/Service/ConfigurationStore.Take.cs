using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Service;

/// <content>Taking what the file holds now.</content>
internal sealed partial class ConfigurationStore
{
    /// <summary>What came of looking at the file.</summary>
    private enum Outcome
    {
        /// <summary>It is what is in force, or what was found before.</summary>
        Nothing,

        /// <summary>It is in force now.</summary>
        Taken,

        /// <summary>It is bad, which may be told.</summary>
        Bad,

        /// <summary>It could not be applied.</summary>
        RolledBack,
    }

    // Only while _taking is held. Again: also what was rolled back before. TellBad: false for a file that may be half written.
    private async Task<(Outcome Outcome, string Line)> TakeAsync(bool again, bool tellBad)
    {
        if (Read(out var problem) is not { } bytes) return (Outcome.Bad, Refuse([problem], tellBad));
        var hash = HashOf(bytes);
        if (hash == _current.Hash) return (Outcome.Nothing, Confirm(hash));
        if (!again && hash == _rolledBackHash) return (Outcome.Nothing, "rolled back before");
        var candidate = Parse(bytes);
        if (candidate.Options is not { } options) return (Outcome.Bad, Refuse(candidate.Problems, tellBad));
        if (await ApplyAsync(options).ConfigureAwait(false) is { } why) return (Outcome.RolledBack, RollBack(candidate, why));
        _rolledBackHash = "";
        Interlocked.Increment(ref _taken);
        Set(InForce(candidate, ConfigurationState.FromFile));
        LogTaken(candidate.Hash);
        foreach (var warning in candidate.Warnings) LogProblem(warning);
        _toKeep = candidate.Bytes;
        KeepLastGood();
        return (Outcome.Taken, $"configuration {candidate.Hash} is in force");
    }

    private async Task<string?> ApplyAsync(EdgeVoiceOptions options)
    {
        try
        {
            return await _apply!(options).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever part of the device threw, the rest goes on with what it has.
            LogThrown(e);
            return OneLine.Of(e.Message);
        }
    }

    private string Confirm(string hash)
    {
        var current = _current;
        _rolledBackHash = "";
        if (current.FileDiffers || current.Source != ConfigurationState.FromFile)
        {
            LogConfirmed(hash);
            Set(current with { Source = ConfigurationState.FromFile, Problems = [], FileDiffers = false });
        }

        return $"unchanged: configuration {hash} is in force";
    }

    private string RollBack(Candidate candidate, string why)
    {
        _rolledBackHash = candidate.Hash;
        Interlocked.Increment(ref _rolledBack);
        var problem = $"{OneLine.Of(path)}: configuration {candidate.Hash} was rolled back: {why}";
        Set(_current with { Problems = [problem], FileDiffers = true });
        LogProblem($"{problem}; {Staying}");
        return $"{problem}; {Staying}";
    }

    private string Refuse(IReadOnlyList<string> problems, bool tell)
    {
        var line = Summary(problems);
        if (!tell || _current.Problems.SequenceEqual(problems)) return line;
        Interlocked.Increment(ref _refused);
        Set(_current with { Problems = problems, FileDiffers = true });
        LogRefused(problems, Staying);
        return line;
    }

    private string Summary(IReadOnlyList<string> problems)
    {
        var more = problems.Count > 1 ? $" (and {problems.Count - 1} more)" : "";
        return $"refused: {problems[0]}{more}; {Staying}";
    }

    private string Staying => _current.Options is null ? "none is in force" : _current.Source == ConfigurationState.FromLastGood
        ? $"the last good copy, {_current.Hash}, stays in force"
        : $"{_current.Hash} stays in force";

    private void KeepLastGood()
    {
        if (_toKeep is { } bytes && lastGood?.Save(bytes, verify is not null) is { } problem) LogProblem(problem);
        _toKeep = null;
    }
}

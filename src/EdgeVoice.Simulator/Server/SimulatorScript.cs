namespace EdgeVoice.Simulator.Server;

/// <summary>The answers of a stand-in server. The first entry that fits a turn is taken.</summary>
public sealed record SimulatorScript
{
    /// <summary>The entries, in the order in which they are tried.</summary>
    public IReadOnlyList<ScriptTurn> Turns { get; init; } = [];

    /// <summary>The answer where no entry fits; default: repeat what was heard.</summary>
    public IReadOnlyList<ScriptAnswer> Otherwise { get; init; } = [new RepeatAnswer()];

    /// <summary>Reads a script file (JSON; comments and trailing commas allowed) and every WAV file it names.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SimulatorScriptException">It cannot be read, is no JSON, or has an unknown or wrong field: file, line and path are told.</exception>
    public static SimulatorScript Load(string path) => ScriptReader.Load(path);

    internal ScriptTurn? Find(int number, string? text, double? ms, short[]? sound = null)
    {
        for (var i = 0; i < Turns.Count; i++)
        {
            if (Turns[i].Fits(i + 1, number, text, ms, sound))
                return Turns[i];
        }
        return null;
    }
}

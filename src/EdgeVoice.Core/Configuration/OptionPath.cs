namespace EdgeVoice.Core.Configuration;

/// <summary>Where a walk through JSON stands; becomes text only where something is to be told.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class OptionPath(string prefix)
{
    private readonly List<(string? Name, int Index)> _steps = [];

    /// <summary>Where the walk began.</summary>
    public string Prefix { get; } = prefix;

    /// <summary>Goes to a key.</summary>
    public void Enter(string name) => _steps.Add((name, 0));

    /// <summary>Goes to an element, counted from 0.</summary>
    public void Enter(int index) => _steps.Add((null, index));

    /// <summary>Goes back one step.</summary>
    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>The path as JSONPath writes it.</summary>
    public override string ToString() => _steps.Aggregate(
        Prefix, (path, step) => step.Name is null ? $"{path}[{step.Index}]" : Child(path, step.Name));

    /// <summary>The path of a key below another; a name with other marks than _, $ and - stands in brackets, a secret is not shown.</summary>
    public static string Child(string path, string name)
    {
        if (!OptionRules.IsName(name, "_$-") || SecretShape.IsKeyNotName(name))
            return $"{path}[{ValueText.Quote(name)}]";
        return path.Length == 0 ? name : $"{path}.{name}";
    }
}

using System.Reflection;

namespace EdgeVoice.Rig.Harness;

/// <summary>One scenario, found by its attribute.</summary>
internal sealed record Scenario(string Name, ScenarioAttribute Terms, MethodInfo Method)
{
    /// <summary>All of this assembly, by name.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        .. typeof(Scenario).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Select(method => (method, terms: method.GetCustomAttribute<ScenarioAttribute>()))
            .Where(found => found.terms is not null)
            .Select(found => new Scenario($"{found.method.DeclaringType!.Name}.{found.method.Name}", found.terms!, found.method))
            .OrderBy(scenario => scenario.Name, StringComparer.Ordinal),
    ];

    /// <summary>As run.sh reads it: quick or systemd, always or full, seconds, name.</summary>
    public string Line => $"{Terms.Boot.ToString().ToLowerInvariant()} {(Terms.Full ? "full" : "always")} {Terms.LimitSeconds} {Name}";

    public Task PlayAsync(Pi pi) => Method.CreateDelegate<Func<Pi, Task>>()(pi);
}

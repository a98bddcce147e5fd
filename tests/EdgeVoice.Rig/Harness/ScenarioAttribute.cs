namespace EdgeVoice.Rig.Harness;

/// <summary>Marks <c>static Task Name(Pi pi)</c> as a scenario, found under <c>Class.Name</c>.</summary>
/// <param name="boot">What the guest must be.</param>
/// <param name="limitSeconds">It has hung when it takes longer.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenarioAttribute(Boot boot, int limitSeconds) : Attribute
{
    public Boot Boot => boot;

    public int LimitSeconds => limitSeconds;

    /// <summary>Runs only with <c>--full</c>: long repeats.</summary>
    public bool Full { get; init; }
}

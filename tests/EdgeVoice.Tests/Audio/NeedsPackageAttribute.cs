namespace EdgeVoice.Tests.Audio;

/// <summary>A fact that is skipped, and says so, where a Debian package is not installed; with <c>CI=true</c> it runs and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsPackageFactAttribute : FactAttribute
{
    public NeedsPackageFactAttribute(string path, string package)
    {
        Skip = NeededPackage.SkipReason(Path.Exists(path), package);
    }
}

/// <summary>A theory that is skipped, and says so, where a Debian package is not installed; with <c>CI=true</c> it runs and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsPackageTheoryAttribute : TheoryAttribute
{
    public NeedsPackageTheoryAttribute(string path, string package)
    {
        Skip = NeededPackage.SkipReason(Path.Exists(path), package);
    }
}

/// <summary>Whether a test may be left out because a Debian package is missing: never where everything is to be tested.</summary>
internal static class NeededPackage
{
    /// <summary>Why the test is skipped, or null: it runs.</summary>
    public static string? SkipReason(bool isThere, string package) =>
        SkipReason(isThere, package, Environment.GetEnvironmentVariable("CI"));

    /// <summary>As above, for this value of the variable CI.</summary>
    public static string? SkipReason(bool isThere, string package, string? ci) =>
        isThere || string.Equals(ci, "true", StringComparison.OrdinalIgnoreCase) ? null : $"apt-get install {package}";
}

namespace EdgeVoice.Tests.Audio;

/// <summary>A fact that is skipped, and says so, where a Debian package is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsPackageFactAttribute : FactAttribute
{
    public NeedsPackageFactAttribute(string path, string package)
    {
        if (!Path.Exists(path)) Skip = $"apt-get install {package}";
    }
}

/// <summary>A theory that is skipped, and says so, where a Debian package is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsPackageTheoryAttribute : TheoryAttribute
{
    public NeedsPackageTheoryAttribute(string path, string package)
    {
        if (!Path.Exists(path)) Skip = $"apt-get install {package}";
    }
}

namespace EdgeVoice.IntegrationTests.Control;

/// <summary>A test that becomes other users, which root alone may, with setpriv of util-linux; nobody is added to the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsRootFactAttribute : FactAttribute
{
    /// <summary>Skips the test where it cannot be.</summary>
    public NeedsRootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/setpriv")) Skip = "needs root and setpriv";
    }
}

using System.Runtime.InteropServices;

namespace EdgeVoice.IntegrationTests.Interop;

/// <summary>The environment that native libraries see; .NET's own changes stay in .NET.</summary>
internal static partial class EnvironmentNative
{
    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Set(string name, string value, int overwrite);
}

namespace EdgeVoice.Service;

/// <summary>Which backends this build has besides the kernel's: those of EdgeVoice.Iot, with <c>-p:IotPackages=true</c>.</summary>
internal static partial class Backends
{
    /// <summary>The backends of EdgeVoice.Iot; null in a build without them.</summary>
    public static IIotBackends? Iot { get; } = Find();

    /// <summary>In one line what to do about a backend that was not built in.</summary>
    public static string NotBuiltIn(string key, string value, string instead) =>
        $"{key} is \"{value}\", which this build has not: build with -p:IotPackages=true or set it to \"{instead}\"";

    private static IIotBackends? Find()
    {
        IIotBackends? found = null;
        AddIot(ref found);
        return found;
    }

    // Its body is in Backends.Iot.cs, which only a build with the packages compiles.
    static partial void AddIot(ref IIotBackends? found);
}

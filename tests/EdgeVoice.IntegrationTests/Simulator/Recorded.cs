using EdgeVoice.Core.Audio;

namespace EdgeVoice.IntegrationTests.Simulator;

/// <summary>Recorded human speech of the Debian package asterisk-core-sounds-en-wav.</summary>
internal static class Recorded
{
    private const string Folder = "/usr/share/asterisk/sounds";

    /// <summary>False where the package is not installed, which a CI run does not forgive.</summary>
    internal static bool Missing
    {
        get
        {
            var there = Directory.Exists(Folder);
            if (!there && Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail("install asterisk-core-sounds-en-wav: the speech of these tests comes from it");
            return !there;
        }
    }

    /// <summary>A recording, with silence before and after it, in samples of the given rate.</summary>
    internal static short[] Speech(string name, int rate, int beforeMs, int afterMs)
    {
        var path = Directory.EnumerateFiles(Folder, name + ".wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        return [.. new short[rate * beforeMs / 1000], .. WavFile.Read(path).ToMono16(rate), .. new short[rate * afterMs / 1000]];
    }
}

using System.Diagnostics;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgevoice-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Half a second of speech-like tone, converted by sox with these arguments.</summary>
    public async Task<string> SoxAsync(string name, params string[] format)
    {
        string[] arguments = ["-q", "-R", "-n", .. format, this[name], "synth", "0.6", "sine", "300-900", "gain", "-6"];
        using var sox = Process.Start("sox", arguments);
        await sox.WaitForExitAsync();
        Assert.Equal(0, sox.ExitCode);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

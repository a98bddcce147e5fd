using System.Diagnostics;

namespace EdgeVoice.IntegrationTests.Support;

/// <summary>
/// A private sound server (tests/pulse/run.sh): libasound end to end, paced in real time, without a sound card. The device's
/// PCMs are <see cref="Microphone"/> and <see cref="Loudspeaker"/>, the world's <see cref="Room"/> and <see cref="Heard"/>.
/// </summary>
/// <remarks>
/// Shared by every test class marked <c>[Collection(PulseAudioFixture.Collection)]</c>, whose tests run one at a time. The server
/// ends with its standard input, so a test host that is killed leaves nothing behind.
/// </remarks>
public sealed class PulseAudioFixture : IAsyncLifetime
{
    public const string Collection = "PulseAudio";

    /// <summary>PCM that hears what is played into <see cref="Room"/>.</summary>
    public const string Microphone = "mic";

    /// <summary>PCM whose sound <see cref="Heard"/> records.</summary>
    public const string Loudspeaker = "spk";

    public const string Room = "room";

    public const string Heard = "heard";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private Process? _server;

    /// <summary>Where its files, and those of tests if they like, lie.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("ev-pulse-").FullName;

    /// <summary>The value of ALSA_CONFIG_PATH with which libasound knows the four PCMs.</summary>
    public string AlsaConfigPath => $"/usr/share/alsa/alsa.conf:{Folder}/asound.conf";

    /// <summary>Process id of the sound server, for tests that stop or kill it.</summary>
    public int ServerId => int.Parse(File.ReadAllText(Path.Combine(Folder, "pid")), System.Globalization.CultureInfo.InvariantCulture);

    public async Task InitializeAsync()
    {
        _server = Start("bash", Path.Combine(AppContext.BaseDirectory, "pulse", "run.sh"), Folder);
        var problem = _server.StandardError.ReadToEndAsync();
        var ready = await _server.StandardOutput.ReadLineAsync().WaitAsync(StartTime);
        Assert.True(ready == "ready", ready is null ? await problem : ready);
    }

    /// <summary>Starts a program to which libasound offers the four PCMs.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["ALSA_CONFIG_PATH"] = AlsaConfigPath;
        return Process.Start(info)!;
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _server.StandardInput.Close();
            await _server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            _server.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary><c>edgevoice demo</c> as a process, with files and servers as they are found in the wild.</summary>
[Collection(WholeDevice.Name)]
public sealed class DemoProgramTests
{
    private static readonly string[][] Formats =
    [
        ["-r", "16000", "-c", "1", "-b", "8", "-e", "unsigned-integer"],
        ["-r", "48000", "-c", "2", "-b", "24", "-e", "signed-integer"],
        ["-r", "44100", "-c", "1", "-b", "32", "-e", "floating-point"],
        ["-r", "11025", "-c", "1", "-b", "16", "-e", "signed-integer"],
        ["-r", "96000", "-c", "2", "-b", "16", "-e", "signed-integer"],
    ];

    // Each of them is mostly a conversation's waiting: side by side they take no longer than one.
    [Fact]
    public async Task Demo_SpeechOfAnyFormat_IsConverted()
    {
        using var folder = new TestFolder();
        var runs = new List<Task>();
        for (var i = 0; i < Formats.Length; i++)
            runs.Add(AnsweredAsync(folder, i, await folder.SoxAsync($"in{i}.wav", Formats[i])));
        var cut = await folder.SoxAsync("cut.wav", "-r", "24000", "-c", "1", "-b", "16");
        var bytes = await File.ReadAllBytesAsync(cut);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2 + 1)]);
        runs.Add(AnsweredAsync(folder, Formats.Length, cut));
        await Task.WhenAll(runs);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("no sound")]
    [InlineData("cut in the header")]
    [InlineData("text")]
    [InlineData("folder")]
    public async Task Demo_SpeechThatIsNone_EndsInOneLineWithCode2(string what)
    {
        using var folder = new TestFolder();
        var speech = await BrokenAsync(folder, what);
        await using var program = await ProgramUnderTest.RunAsync("demo", "--turns", "1", "--speech", speech, "--output", folder["out.wav"]);
        Assert.Equal((2, 1), (program.ExitCode, program.Error.Count));
        Assert.Contains(speech, program.Error[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output")]
    [InlineData("--report")]
    public async Task Demo_FileThatCannotBeWritten_EndsInOneLineWithCode2(string option)
    {
        using var folder = new TestFolder();
        var speech = await folder.SoxAsync("in.wav", "-r", "24000", "-c", "1", "-b", "16");
        await using var program = await ProgramUnderTest.RunAsync("demo", "--turns", "1", "--speech", speech, option, folder["no/such/file"]);
        Assert.Equal((2, 1), (program.ExitCode, program.Error.Count));
        Assert.Contains("no/such/file", program.Error[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_NoServerAtTheAddress_EndsInOneLineWithCode3()
    {
        using var site = new TcpListener(IPAddress.Loopback, 0);
        site.Start();
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var (page, refusal) = (Url(site), Url(nobody));
        nobody.Stop();
        using var stop = new CancellationTokenSource();
        var serving = ServePageAsync(site, stop.Token);
        await Task.WhenAll(FailsAsync(page, "not a WebSocket answer"), FailsAsync(refusal, "refused"));
        await stop.CancelAsync();
        await serving;
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("ws://example.org/v1/realtime")]
    [InlineData("nonsense")]
    public async Task Demo_AddressThatIsNone_EndsInOneLineWithCode2(string url)
    {
        await using var program = await ProgramUnderTest.RunAsync("demo", "--url", url);
        Assert.Equal((2, 1), (program.ExitCode, program.Error.Count));
        Assert.StartsWith("edgevoice demo: --url: found ", program.Error[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_UnknownMode_EndsInOneLineWithCode2()
    {
        await using var program = await ProgramUnderTest.RunAsync("demo", "--mode", "foo");
        Assert.Equal(2, program.ExitCode);
        Assert.Equal(["edgevoice demo: --mode foo: must be push-to-talk or hands-free. See: edgevoice demo --help"], program.Error);
    }

    [Fact]
    public async Task Demo_WithoutStandardOutput_PlaysAndEndsByItsResult()
    {
        using var folder = new TestFolder();
        var report = folder["report.json"];
        var info = new ProcessStartInfo("/bin/sh") { RedirectStandardError = true };
        var dll = Path.Combine(AppContext.BaseDirectory, "edgevoice.dll");
        foreach (var arg in (string[])["-c", "exec \"$@\" >&-", "sh", Environment.ProcessPath!, dll, "demo", "--turns", "1", "--report", report])
            info.ArgumentList.Add(arg);
        using var program = Process.Start(info)!;
        var error = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((0, ""), (program.ExitCode, error));
        Assert.True(File.Exists(report));
    }

    [Fact]
    public async Task Demo_ToldToStop_EndsWithinTwoSeconds()
    {
        await using var program = ProgramUnderTest.Start("demo");
        await program.SaysAsync("Speaking");
        Assert.InRange(await program.TerminateAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static async Task AnsweredAsync(TestFolder folder, int number, string speech)
    {
        var report = folder[$"report{number}.json"];
        await using var program = await ProgramUnderTest.RunAsync("demo", "--turns", "1", "--speech", speech, "--report", report);
        Assert.True(program.ExitCode == 0, $"{speech}: {string.Join(" | ", program.Output.Concat(program.Error))}");
        Assert.Empty(program.Error);
        var turn = JsonNode.Parse(await File.ReadAllTextAsync(report))!["turns"]![0]!;
        Assert.Matches("^[0-9a-f]{64}$", (string)turn["sha256Sent"]!);
        Assert.Equal((string)turn["sha256Sent"]!, (string)turn["sha256Heard"]!);
    }

    private static string Url(TcpListener socket) => $"ws://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/v1/realtime";

    private static async Task FailsAsync(string url, string said)
    {
        await using var program = await ProgramUnderTest.RunAsync("demo", "--turns", "1", "--url", url);
        Assert.Equal((3, 1), (program.ExitCode, program.Error.Count));
        Assert.Contains(url, program.Error[0], StringComparison.Ordinal);
        Assert.Contains(said, program.Error[0], StringComparison.Ordinal);
    }

    private static async Task<string> BrokenAsync(TestFolder folder, string what)
    {
        var path = folder["bad.wav"];
        var whole = await File.ReadAllBytesAsync(await folder.SoxAsync("whole.wav", "-r", "24000", "-c", "1", "-b", "16"));
        switch (what)
        {
            case "empty": await File.WriteAllBytesAsync(path, []); break;
            case "no sound": await File.WriteAllBytesAsync(path, [.. whole[..40], 0, 0, 0, 0]); break;
            case "cut in the header": await File.WriteAllBytesAsync(path, whole[..30]); break;
            case "text": folder.Write("bad.wav", "This is not a sound file, whatever its name says.\n"); break;
            case "folder": Directory.CreateDirectory(path); break;
            case "missing": break;
            default: throw new ArgumentOutOfRangeException(nameof(what), what, "no such file");
        }

        return path;
    }

    private static async Task ServePageAsync(TcpListener socket, CancellationToken stop)
    {
        const string Page = "<!DOCTYPE html><title>Sign in</title>";
        try
        {
            while (true)
            {
                using var client = await socket.AcceptTcpClientAsync(stop);
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 16, throwOnEndOfStream: false, stop);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {Page.Length}\r\nConnection: close\r\n\r\n{Page}"), stop);
            }
        }
        catch (OperationCanceledException)
        {
            socket.Stop();
        }
    }
}

using EdgeVoice.Core.Configuration;
using EdgeVoice.Service;
using EdgeVoice.Tests.Configuration;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.Tests.Service;

public sealed class CredentialWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private int _calls;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("key")]
    [InlineData("token")]
    public async Task Changed_EitherFile_IsToldOnceItIsLeftAlone(string name)
    {
        using var watch = Watch(_folder.Write("key", "old"), _folder.Write("token", "old"));
        File.WriteAllText(_folder[name], "");
        Assert.True(await Eventually.IsTrue(() => _time.ArmedTimers == 1));
        _time.AdvanceMs(99);
        Assert.Equal(0, _calls);
        File.WriteAllText(_folder[name], "new");
        Assert.True(await Eventually.IsTrue(() =>
        {
            _time.AdvanceMs(10);
            return _calls > 0;
        }));
    }

    [Fact]
    public async Task Watch_OtherOptions_WatchesTheirFilesAlone()
    {
        using var watch = Watch(_folder.Write("key", "old"), token: null);
        watch.Watch(Options(_folder.Write("other", "old"), token: null));
        File.WriteAllText(_folder["other"], "new");
        Assert.True(await Eventually.IsTrue(() =>
        {
            _time.AdvanceMs(10);
            return _calls > 0;
        }));
        watch.Watch(new EdgeVoiceOptions { Realtime = new RealtimeOptions { Credential = new CredentialOptions { Systemd = "key" } } });
        _time.AdvanceMs(1_000);
        var calls = _calls;
        File.WriteAllText(_folder["other"], "newer");
        Assert.Equal(0, _time.ArmedTimers);
        Assert.Equal(calls, _calls);
    }

    [Fact]
    public void Dispose_WithAChangeOnItsWay_NothingIsTold()
    {
        Watch(_folder.Write("key", "old"), token: null).Dispose();
        File.WriteAllText(_folder["key"], "new");
        _time.AdvanceMs(1_000);
        Assert.Equal(0, _calls);
    }

    [Fact]
    public void Describe_EveryKind_SaysWhatAReloadDoes()
    {
        var mcp = new ToolOptions { Type = ToolType.Mcp, Authorization = new CredentialOptions { Environment = "TOKEN" } };
        var options = new EdgeVoiceOptions
        {
            Realtime = new RealtimeOptions { Credential = new CredentialOptions { Systemd = "openai-api-key" }, Tools = [mcp, mcp, new ToolOptions()] },
        };
        Assert.Equal(
            ["systemd credential openai-api-key: fixed until the service restarts", "environment variable TOKEN: fixed until the service restarts"],
            CredentialWatch.Describe(options));
        Assert.Equal(["credential file /etc/key: taken live"], CredentialWatch.Describe(Options("/etc/key", token: null)));
    }

    private CredentialWatch Watch(string key, string? token)
    {
        var watch = new CredentialWatch(() => _calls++, _time);
        watch.Watch(Options(key, token));
        return watch;
    }

    private static EdgeVoiceOptions Options(string key, string? token) => new()
    {
        Realtime = new RealtimeOptions
        {
            Credential = new CredentialOptions { File = key },
            Tools = token is null ? null : [new ToolOptions { Type = ToolType.Mcp, Authorization = new CredentialOptions { File = token } }],
        },
    };
}

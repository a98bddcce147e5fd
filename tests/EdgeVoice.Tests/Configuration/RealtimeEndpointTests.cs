using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Tests.Configuration;

public sealed class RealtimeEndpointTests
{
    [Theory]
    [InlineData("wss://api.openai.com/v1/realtime", "gpt-realtime", "wss://api.openai.com/v1/realtime?model=gpt-realtime")]
    [InlineData("wss://host/v1?x=1", "m", "wss://host/v1?x=1&model=m")]
    [InlineData("wss://host/v1?x=1&", "m", "wss://host/v1?x=1&model=m")]
    [InlineData("wss://host/v1?", "m", "wss://host/v1?model=m")]
    [InlineData("wss://host/v1?x=%26a%20b", "org/my model&x=1#é", "wss://host/v1?x=%26a%20b&model=org%2Fmy%20model%26x%3D1%23%C3%A9")]
    [InlineData("wss://host/v1?model=theirs&y=2", "m", "wss://host/v1?model=theirs&y=2")]
    [InlineData("wss://host/v1?supermodel=x", "m", "wss://host/v1?supermodel=x&model=m")]
    [InlineData("ws://127.0.0.1:8080", "m", "ws://127.0.0.1:8080/?model=m")]
    [InlineData("wss://host:8443/v1", "m", "wss://host:8443/v1?model=m")]
    public void Build_ValidAddress_AppendsTheModel(string url, string model, string expected) =>
        Assert.Equal(expected, RealtimeEndpoint.Build(new RealtimeOptions { Url = url, Model = model }).AbsoluteUri);

    [Theory]
    [InlineData("ws://127.0.0.1:1/x")]
    [InlineData("ws://127.255.0.9/x")]
    [InlineData("ws://[::1]:8080/x")]
    [InlineData("ws://localhost/x")]
    [InlineData("WS://LocalHost:99/x")]
    [InlineData("wss://example.com")]
    [InlineData("wss://10.0.0.1/")]
    public void Problem_AllowedAddress_IsNone(string url) => Assert.Null(RealtimeEndpoint.Problem(url));

    [Theory]
    [InlineData("ws://example.com/", "wss:// (plain ws:// sends voice and key in the clear")]
    [InlineData("ws://10.0.0.1/", "wss:// (plain")]
    [InlineData("ws://128.0.0.1/", "wss:// (plain")]
    [InlineData("ws://[::2]/", "wss:// (plain")]
    [InlineData("ws://localhost.example.com/", "wss:// (plain")]
    [InlineData("ws://127.0.0.1.example.com/", "wss:// (plain")]
    [InlineData("ws://0.0.0.0/", "wss:// (plain")]
    [InlineData("https://api.openai.com/v1/realtime", "a WebSocket address: write wss://")]
    [InlineData("http://localhost/", "a WebSocket address: write wss://")]
    [InlineData("ftp://host/", "wss://, or ws:// to")]
    [InlineData("file:///etc/passwd", "an address such as")]
    [InlineData("/v1/realtime", "an address such as")]
    [InlineData("", "an address such as")]
    [InlineData("wss://", "an address such as")]
    [InlineData("wss://host/#x", "an address without #")]
    [InlineData("wss://user:word@host/", "an address without user")]
    [InlineData("wss://host/?x=1&API-Key=y", "an address without user")]
    [InlineData("wss://host/sk-abcdefghijklmnopqrst", "an address without user")]
    public void Problem_ForbiddenAddress_SaysWhatIsAllowed(string url, string allowed)
    {
        var problem = RealtimeEndpoint.Problem(url);

        Assert.StartsWith(allowed, problem?.Allowed, StringComparison.Ordinal);
        Assert.DoesNotMatch("user:word|sk-abc|Key=y", problem!.ToString());
        Assert.Throws<ArgumentException>(() => RealtimeEndpoint.Build(new RealtimeOptions { Url = url }));
    }
}

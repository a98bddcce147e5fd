using System.Net.Sockets;
using System.Security.Authentication;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;

namespace EdgeVoice.Tests.Realtime;

/// <summary>What failures of the link mean to a person.</summary>
public sealed class ConnectTroubleTests
{
    private static readonly TransportEndpoint At = new(new Uri("wss://voice.example/v1/realtime"), null);

    [Theory]
    [InlineData(400, Trouble.ConfigurationInvalid)]
    [InlineData(401, Trouble.KeyRejected)]
    [InlineData(403, Trouble.KeyRejected)]
    [InlineData(404, Trouble.ConfigurationInvalid)]
    [InlineData(429, Trouble.TooManyRequests)]
    [InlineData(200, Trouble.ConfigurationInvalid)]
    [InlineData(503, Trouble.None)]
    public void HttpStatus_HasItsTrouble(int status, Trouble trouble) =>
        Assert.Equal(trouble, ConnectTrouble.Of(status, new IOException(), untimely: false, () => throw new InvalidOperationException()));

    [Theory]
    [InlineData(SocketError.NetworkUnreachable, true, Trouble.NoNetwork)]
    [InlineData(SocketError.NetworkDown, true, Trouble.NoNetwork)]
    [InlineData(SocketError.HostNotFound, true, Trouble.NoInternet)]
    [InlineData(SocketError.TryAgain, false, Trouble.NoNetwork)]
    [InlineData(SocketError.ConnectionRefused, true, Trouble.NoInternet)]
    [InlineData(SocketError.TimedOut, true, Trouble.NoInternet)]
    public void SocketError_TellsNetworkFromInternet(SocketError error, bool hasNetwork, Trouble trouble) =>
        Assert.Equal(trouble, ConnectTrouble.Of(0, new SocketException((int)error), untimely: false, () => hasNetwork));

    [Theory]
    [InlineData("the certificate chain: NotTimeValid", false, Trouble.WrongClock)]
    [InlineData("rejected by the callback", true, Trouble.WrongClock)]
    [InlineData("the certificate chain: UntrustedRoot", false, Trouble.ConfigurationInvalid)]
    public void Certificate_OutOfItsTime_IsTheClock(string message, bool untimely, Trouble trouble) =>
        Assert.Equal(trouble, ConnectTrouble.Of(0, new AuthenticationException(message), untimely, () => true));

    [Fact]
    public void Timeout_IsTheInternet() =>
        Assert.Equal(Trouble.NoInternet, ConnectTrouble.Of(0, new OperationCanceledException(), untimely: false, () => true));

    [Theory]
    [InlineData(3000, null, Trouble.KeyRejected, true)]
    [InlineData(3000, "invalid_api_key", Trouble.KeyRejected, true)]
    [InlineData(4000, "missing_model", Trouble.ConfigurationInvalid, true)]
    [InlineData(4000, "beta_api_shape_disabled", Trouble.ConfigurationInvalid, true)]
    [InlineData(4004, "model_not_found", Trouble.ConfigurationInvalid, true)]
    [InlineData(1008, "insufficient_quota", Trouble.QuotaUsedUp, true)]
    [InlineData(1013, "rate_limit_exceeded", Trouble.TooManyRequests, false)]
    [InlineData(1011, "server_error", Trouble.None, false)]
    [InlineData(1000, null, Trouble.None, false)]
    public void Close_HasItsTroubleAndWhetherItIsFatal(int code, string? error, Trouble trouble, bool fatal)
    {
        var said = error is null ? null : new RealtimeError("invalid_request_error", error, "no");
        var failure = CloseCause.Explain(At, new TransportClosed(code, "bye"), said, refusal: null);
        Assert.Equal((trouble, fatal), (failure.Trouble, failure.IsFatal));
    }
}

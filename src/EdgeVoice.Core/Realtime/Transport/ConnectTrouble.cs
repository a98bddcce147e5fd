using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Authentication;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Realtime.Transport;

/// <summary>What a failed attempt to connect means to a person.</summary>
internal static class ConnectTrouble
{
    /// <summary>The word of <see cref="System.Security.Cryptography.X509Certificates.X509ChainStatusFlags"/> in the runtime's message.</summary>
    private const string Untimely = "NotTimeValid";

    /// <summary>The trouble behind HTTP <paramref name="status"/> (0: it did not come so far) and the innermost <paramref name="failure"/>.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="failure">What went wrong.</param>
    /// <param name="untimely">The server's certificate was found too old or from the future.</param>
    /// <param name="hasNetwork">Whether any interface but the loopback is up; asked only where it matters.</param>
    public static Trouble Of(int status, Exception failure, bool untimely, Func<bool> hasNetwork) => status switch
    {
        0 or 101 => Of(failure, untimely, hasNetwork),
        401 or 403 => Trouble.KeyRejected,
        429 => Trouble.TooManyRequests,
        // A server that is down for a while passes.
        >= 500 => Trouble.None,
        _ => Trouble.ConfigurationInvalid,
    };

    /// <summary>True when some interface but the loopback is up.</summary>
    public static bool HasNetwork()
    {
        try
        {
            return NetworkInterface.GetIsNetworkAvailable();
        }
        catch (NetworkInformationException)
        {
            // What cannot be known is not said.
            return true;
        }
    }

    private static Trouble Of(Exception failure, bool untimely, Func<bool> hasNetwork) => failure switch
    {
        AuthenticationException distrust when untimely || distrust.Message.Contains(Untimely, StringComparison.Ordinal) => Trouble.WrongClock,
        AuthenticationException => Trouble.ConfigurationInvalid,
        SocketException { SocketErrorCode: SocketError.NetworkUnreachable or SocketError.NetworkDown } => Trouble.NoNetwork,
        _ => hasNetwork() ? Trouble.NoInternet : Trouble.NoNetwork,
    };
}

using System.Net.NetworkInformation;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Device;

/// <summary>Hears from the kernel (by rtnetlink) that an address or an interface has come or gone.</summary>
/// <remarks>The change is told on a thread of the runtime's.</remarks>
internal sealed partial class NetworkWatch : IDisposable
{
    private readonly Action _changed;
    private readonly ILogger _log;

    public NetworkWatch(Action changed, ILogger log)
    {
        (_changed, _log) = (changed, log);
        try
        {
            NetworkChange.NetworkAddressChanged += OnAddress;
            NetworkChange.NetworkAvailabilityChanged += OnAvailability;
        }
        catch (NetworkInformationException e)
        {
            // A sandbox without such sockets: a lost link is found again by trying.
            LogDeaf(e.Message);
        }
    }

    public void Dispose()
    {
        NetworkChange.NetworkAddressChanged -= OnAddress;
        NetworkChange.NetworkAvailabilityChanged -= OnAvailability;
    }

    private void OnAddress(object? sender, EventArgs e) => _changed();

    private void OnAvailability(object? sender, NetworkAvailabilityEventArgs e) => _changed();

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "Changes of the network are not heard: {why}")]
    private partial void LogDeaf(string why);
}

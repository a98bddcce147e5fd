using System.Net.Sockets;
using EdgeVoice.Core.Devices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace EdgeVoice.Iot.Systemd;

/// <summary>
/// Tells systemd through Microsoft.Extensions.Hosting.Systemd that the service is ready or stopping. Outside systemd every call does
/// nothing.
/// </summary>
/// <remarks>
/// Any thread. What the package has not, this has not: no STATUS (<see cref="Status"/> does nothing), no watchdog, no RELOADING. The
/// package's own host lifetime is left out, since it would call the service ready before its devices are.
/// </remarks>
public sealed class HostingSystemdSupervisor : IServiceSupervisor, IDisposable
{
    private readonly ServiceProvider? _services;
    private readonly ISystemdNotifier? _notifier;

    /// <summary>Asks the package for its notifier, which it has only under systemd.</summary>
    public HostingSystemdSupervisor()
    {
        var services = new ServiceCollection();
        services.AddSystemd();
        _services = services.BuildServiceProvider();
        _notifier = _services.GetService<ISystemdNotifier>();
    }

    internal HostingSystemdSupervisor(ISystemdNotifier? notifier) => _notifier = notifier;

    /// <inheritdoc />
    public void Ready() => Notify(ServiceState.Ready);

    /// <summary>Does nothing: the package has no such message.</summary>
    public void Status(string text)
    {
    }

    /// <inheritdoc />
    public void Stopping() => Notify(ServiceState.Stopping);

    /// <inheritdoc />
    public void Dispose() => _services?.Dispose();

    private void Notify(ServiceState state)
    {
        try
        {
            _notifier?.Notify(state);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // systemd is restarting, or its socket is gone: no reason for the voice to fall silent.
        }
    }
}

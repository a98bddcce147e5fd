using System.Net.Sockets;
using EdgeVoice.Iot.Systemd;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace EdgeVoice.IotTests.Systemd;

public sealed class HostingSystemdSupervisorTests
{
    [Fact]
    public void Calls_UnderSystemd_TellReadyAndStoppingOnly()
    {
        var notifier = new FakeNotifier();
        SystemdHostBuilderExtensions.Notifier = notifier;
        using var supervisor = new HostingSystemdSupervisor();
        SystemdHostBuilderExtensions.Notifier = null;
        supervisor.Ready();
        supervisor.Status("ready, push-to-talk: idle");
        supervisor.Stopping();
        Assert.Equal([ServiceState.Ready, ServiceState.Stopping], notifier.Told);
    }

    [Fact]
    public void Calls_OutsideSystemd_DoNothing()
    {
        using var supervisor = new HostingSystemdSupervisor((ISystemdNotifier?)null);
        supervisor.Ready();
        supervisor.Stopping();
    }

    [Fact]
    public void Ready_SocketGone_IsNoError()
    {
        var notifier = new FakeNotifier { Error = new SocketException(2) };
        using var supervisor = new HostingSystemdSupervisor(notifier);
        supervisor.Ready();
        Assert.Empty(notifier.Told);
    }

    private sealed class FakeNotifier : ISystemdNotifier
    {
        public List<ServiceState> Told { get; } = [];

        public Exception? Error { get; init; }

        public void Notify(ServiceState state)
        {
            if (Error is not null) throw Error;
            Told.Add(state);
        }
    }
}

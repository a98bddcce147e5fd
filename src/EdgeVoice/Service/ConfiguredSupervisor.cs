using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Systemd;

namespace EdgeVoice.Service;

/// <summary>Makes what tells systemd, as a configuration names it.</summary>
internal static class ConfiguredSupervisor
{
    /// <summary>
    /// The supervisor; where its backend was not built in it is ours, for a service that never gets ready is killed, and
    /// <paramref name="problem"/> says so in one line. The caller disposes it where it can be.
    /// </summary>
    public static IServiceSupervisor Create(ServiceOptions options, IIotBackends? iot, out string? problem)
    {
        problem = null;
        if (options.Backend == ServiceBackend.Hosting)
        {
            if (iot is not null) return iot.Supervisor();
            problem = Backends.NotBuiltIn("service.backend", "hosting", "systemd");
        }

        return new SystemdSupervisor(Environment.GetEnvironmentVariable(SystemdSupervisor.Variable));
    }
}

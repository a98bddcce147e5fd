using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Systemd;

namespace Microsoft.Extensions.Hosting;

/// <summary>Registers the notifier, under systemd alone: here where <see cref="Notifier"/> is set.</summary>
public static class SystemdHostBuilderExtensions
{
    /// <summary>The notifier of a service under systemd; null: this is none.</summary>
    public static ISystemdNotifier? Notifier { get; set; }

    public static IServiceCollection AddSystemd(this IServiceCollection services) =>
        Notifier is { } notifier ? services.AddSingleton(notifier) : services;
}

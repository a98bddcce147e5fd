namespace Microsoft.Extensions.Hosting.Systemd;

/// <summary>Tells systemd.</summary>
public interface ISystemdNotifier
{
    void Notify(ServiceState state);
}

/// <summary>What is told.</summary>
public readonly record struct ServiceState(string Text)
{
    public static ServiceState Ready { get; } = new("READY=1");

    public static ServiceState Stopping { get; } = new("STOPPING=1");
}

using System.Net.Sockets;
using System.Text;
using EdgeVoice.Linux.Systemd;

namespace EdgeVoice.IntegrationTests.Systemd;

public class SystemdSupervisorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Notices_UnderSystemd_ArriveAsDatagrams(bool isAbstract)
    {
        var name = $"ev-notify-{Guid.NewGuid():N}";
        var path = isAbstract ? "\0" + name : Path.Combine(Path.GetTempPath(), name);
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using (var supervisor = new SystemdSupervisor(isAbstract ? "@" + name : path))
        {
            supervisor.Ready();
            supervisor.Status("listening\nto nobody");
            supervisor.Stopping();
        }

        Assert.Equal(["READY=1", "STATUS=listening to nobody", "STOPPING=1"], Enumerable.Range(0, 3).Select(_ => Receive(systemd)));
        if (!isAbstract) File.Delete(path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nonexistent/notify")]
    public void Notices_OutsideSystemd_DoNothing(string? path)
    {
        using var supervisor = new SystemdSupervisor(path);
        supervisor.Ready();
        supervisor.Stopping();
    }

    private static string Receive(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}

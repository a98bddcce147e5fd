using System.Globalization;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// One client in a process of its own. It says a line for each round: microseconds of CPU and bytes allocated, a message.
/// </summary>
internal static class FloodPart
{
    /// <summary>Messages in the first, cold round.</summary>
    public const int Cold = 200;

    /// <summary>Messages in a warm round.</summary>
    public const int Messages = 10_000;

    private const int Settling = 4_000;
    private const int SettlingRounds = 3;

    /// <summary>Receives: one cold round, then so many warm ones.</summary>
    public static async Task ReceiveAsync(string who, int port, int size, int burst, int rounds)
    {
        await using IFloodClient client = Client(who);
        var plan = string.Join('.', Enumerable.Repeat(Settling, rounds > 0 ? SettlingRounds : 0).Concat(Enumerable.Repeat(Messages, rounds)));
        await client.ConnectAsync(port, string.Create(CultureInfo.InvariantCulture, $"flood.{size}.{burst}.{Cold}.{plan}").TrimEnd('.'));
        await MeasureAsync(Cold, client.ReceiveAsync);
        for (var i = 0; rounds > 0 && i < SettlingRounds; i++) await SettleAsync(client.ReceiveAsync);
        for (var i = 0; i < rounds; i++) await MeasureAsync(Messages, client.ReceiveAsync);
    }

    /// <summary>Sends appends of 40 ms: so many warm rounds.</summary>
    public static async Task SendAsync(string who, int port, int rounds)
    {
        await using IFloodClient client = Client(who);
        await client.ConnectAsync(port, "flood.4.0");
        var pcm = new byte[1920];
        new Random(1).NextBytes(pcm);
        for (var i = 0; i < SettlingRounds; i++) await SettleAsync(count => client.AppendAsync(pcm, count));
        for (var i = 0; i < rounds; i++) await MeasureAsync(Messages, count => client.AppendAsync(pcm, count));
    }

    /// <summary>Says what this work cost.</summary>
    public static async Task MeasureAsync(int count, Func<int, Task> work)
    {
        GC.Collect();
        var cpu = Environment.CpuUsage.TotalTime;
        var bytes = GC.GetTotalAllocatedBytes(true);
        await work(count);
        bytes = GC.GetTotalAllocatedBytes(true) - bytes;
        cpu = Environment.CpuUsage.TotalTime - cpu;
        Child.Say(cpu.TotalMicroseconds / count, (double)bytes / count);
    }

    // The run-time compiles again what has run often, a tenth of a second later: not in the rounds that count.
    private static async Task SettleAsync(Func<int, Task> work)
    {
        await work(Settling);
        await Task.Delay(TimeSpan.FromMilliseconds(250));
    }

    private static IFloodClient Client(string who) => who switch
    {
        "ours" => new OurClient(),
        "socket" => new SocketClient(),
        _ => new PackageClient(),
    };
}

using System.Globalization;

namespace EdgeVoice.Benchmarks;

/// <summary>
/// The group <c>realtime</c>: receive and send path against the OpenAI package over the same local socket. The server is one
/// process, each client another, so that nobody profits from what somebody else has compiled.
/// </summary>
internal static class RealtimeBenchmark
{
    private const int ColdRuns = 3;
    private const int Rounds = 3;
    private const int Burst = 4;
    private static readonly int[] Sizes = [4 << 10, 16 << 10, 32 << 10];

    /// <summary>Prints the table; returns 1 when a figure is missed, else 0.</summary>
    public static int Run(TextWriter output)
    {
        using var server = Child.Start("server");
        var port = server.Read();
        var table = new FigureTable(output);
        table.Head("receive; peer: the OpenAI package 2.15.0");
        foreach (var size in Sizes)
        {
            var (ours, peer) = Receive(table, port, size, 0, $"{size >> 10} KB flood");
            table.AtMostOfPeer($"{size >> 10} KB flood: CPU a delta (us)", ours, peer, .5);
            Alone(table, $"{size >> 10} KB flood: the socket alone", port, Text(size));
        }

        // As an answer really comes; most of it is waking up, for either.
        var (slow, slowPeer) = Receive(table, port, Sizes[0], Burst, $"{Sizes[0] >> 10} KB, {Burst} a ms");
        table.Shown($"{Sizes[0] >> 10} KB, {Burst} a ms: CPU a delta (us)", slow, slowPeer);
        foreach (var size in Sizes) First(table, port, size);
        output.WriteLine();
        table.Head("send, appends of 40 ms");
        Send(table, port);
        return table.Missed > 0 ? 1 : 0;
    }

    private static (double Ours, double Peer) Receive(FigureTable table, string port, int size, int burst, string name)
    {
        var ours = Warm("receive", "ours", port, Text(size), Text(burst), Text(Rounds));
        var peer = Warm("receive", "package", port, Text(size), Text(burst), Text(Rounds));
        table.AtMost($"{name}: bytes allocated a delta, worst of {Rounds} x 10,000", ours.Max(r => r[1]), 1, Median(peer, 1));
        return (Median(ours, 0), Median(peer, 0));
    }

    private static void Alone(FigureTable table, string figure, string port, string size) =>
        table.Shown(figure, Median(Warm("receive", "socket", port, size, "0", Text(Rounds)), 0));

    // Each run is a new process, in turns.
    private static void First(FigureTable table, string port, int size)
    {
        var runs = Enumerable.Range(0, ColdRuns).Select(_ => (
            Ours: Cold("ours", port, size), Peer: Cold("package", port, size))).ToArray();
        table.AtMostOfPeer(
            $"{size >> 10} KB, first {FloodPart.Cold}: CPU a delta (us)", Median([.. runs.Select(r => r.Ours)], 0), Median([.. runs.Select(r => r.Peer)], 0), .5);
    }

    private static void Send(FigureTable table, string port)
    {
        var ours = Warm("send", "ours", port, Text(Rounds));
        var peer = Warm("send", "package", port, Text(Rounds));
        var uplink = Warm("uplink", port, Text(Rounds));
        table.AtMost($"bytes allocated an append, worst of {Rounds} x 10,000", ours.Max(r => r[1]), 1, Median(peer, 1));
        table.AtMostOfPeer("CPU an append (us)", Median(ours, 0), Median(peer, 0), .5);
        table.Shown("CPU an append (us): the socket alone", Median(Warm("send", "socket", port, Text(Rounds)), 0));
        table.AtMost("bytes allocated an append, from the captured queue on", uplink.Max(r => r[1]), 1);
        table.Shown("CPU an append (us), from the captured queue on", Median(uplink, 0), Median(peer, 0));
    }

    private static double[] Cold(string who, string port, int size)
    {
        using var child = Child.Start("receive", who, port, Text(size), "0", "0");
        return child.Numbers();
    }

    private static double[][] Warm(params ReadOnlySpan<string> part)
    {
        using var child = Child.Start(part);
        if (part[0] == "receive") child.Numbers();
        return [.. Enumerable.Range(0, Rounds).Select(_ => child.Numbers())];
    }

    private static double Median(double[][] rounds, int column) => rounds.Select(r => r[column]).Order().ElementAt(rounds.Length / 2);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

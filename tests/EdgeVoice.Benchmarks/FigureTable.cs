using System.Globalization;

namespace EdgeVoice.Benchmarks;

/// <summary>The table of a group: figure, ours, peer, ratio, bar, met or missed.</summary>
internal sealed class FigureTable(TextWriter output)
{
    /// <summary>Figures that were missed so far.</summary>
    public int Missed { get; private set; }

    /// <summary>Prints the head.</summary>
    public void Head(string title) => output.WriteLine($"{title,-58}{"ours",10}{"peer",10}{"ratio",8}{"bar",10}  verdict");

    /// <summary>A figure with a limit of its own.</summary>
    public void AtMost(string figure, double ours, double bar, double? peer = null) => Row(figure, ours, peer, ours <= bar, Text(bar));

    /// <summary>A figure whose limit is a share of the peer's.</summary>
    public void AtMostOfPeer(string figure, double ours, double peer, double share) =>
        Row(figure, ours, peer, ours <= peer * share, $"{share.ToString("0.##", CultureInfo.InvariantCulture)} x");

    /// <summary>A figure that nothing asks for.</summary>
    public void Shown(string figure, double ours, double? peer = null) => Row(figure, ours, peer, null, "");

    private void Row(string figure, double ours, double? peer, bool? met, string bar)
    {
        if (met == false) Missed++;
        var verdict = met switch { true => "met", false => "MISSED", _ => "" };
        var ratio = peer is > 0 ? Text(ours / peer.Value) : "";
        output.WriteLine($"{figure,-58}{Text(ours),10}{(peer is { } p ? Text(p) : ""),10}{ratio,8}{(bar.Length == 0 ? "" : "<= " + bar),10}  {verdict}".TrimEnd());
    }

    private static string Text(double value) =>
        value.ToString(Math.Abs(value) >= 1000 ? "0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}

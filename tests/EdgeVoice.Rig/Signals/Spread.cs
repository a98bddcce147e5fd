using System.Globalization;

namespace EdgeVoice.Rig.Signals;

/// <summary>Many measurements of one thing, in milliseconds.</summary>
internal sealed class Spread(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public int Count => _sorted.Length;

    public double Median => At(0.5);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    public double Max => _sorted[^1];

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"median {Median:0.00} ms, 95th percentile {P95:0.00}, 99th {P99:0.00}, maximum {Max:0.00} of {Count}");

    private double At(double share) => _sorted[Math.Min(_sorted.Length - 1, (int)(share * _sorted.Length))];
}

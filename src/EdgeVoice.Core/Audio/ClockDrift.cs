namespace EdgeVoice.Core.Audio;

/// <summary>
/// How much faster than it says a card's clock runs, against the monotonic clock: the slope of a line through (frames, time) over the last
/// half minute of sound, stretches between two stops taken together.
/// </summary>
/// <remarks>
/// One thread writes, any reads <see cref="Ppm"/>; no allocation. A jitter of 1 ms in the card's positions moves it by some 5 ppm.
/// </remarks>
public sealed class ClockDrift
{
    private const long SampleNs = 100_000_000;
    private const double WindowS = 30;

    // Sums of squares of the times around their mean, ten a second: of a whole window, and of 8 s, before which nothing is said.
    private const double MostSpread = WindowS * 10 * WindowS * WindowS / 12;
    private const double LeastSpread = 8 * 10 * 8 * 8 / 12.0;
    private double _spread, _product;
    private double _runSpread, _runProduct, _meanX, _meanY;
    private long _runFrame, _runNs, _nextNs;
    private int _rate, _count;
    private double _ppm = double.NaN;

    /// <summary>Parts per million that the card is faster (above 0) or slower than its nominal rate; not a number until 8 s were heard.</summary>
    public double Ppm => Volatile.Read(ref _ppm);

    /// <summary>The card was at this frame at this monotonic time. Cheap: one point in 100 ms counts.</summary>
    public void Add(long frame, long timeNs, int rate)
    {
        if (_count > 0 && rate == _rate && timeNs < _nextNs) return;
        if (rate != _rate || (_count > 0 && timeNs - _runNs > WindowS * 1e9)) Break();
        _rate = rate;
        if (_count == 0) (_runFrame, _runNs) = (frame, timeNs);
        _nextNs = timeNs + SampleNs;
        var x = (timeNs - _runNs) / 1e9;
        var y = (double)(frame - _runFrame) / rate - x;
        _count++;
        var before = x - _meanX;
        _meanX += before / _count;
        _meanY += (y - _meanY) / _count;
        _runSpread += before * (x - _meanX);
        _runProduct += before * (y - _meanY);
        var spread = _spread + _runSpread;
        if (spread >= LeastSpread) Volatile.Write(ref _ppm, 1e6 * (_product + _runProduct) / spread);
    }

    /// <summary>What comes next does not lie on the same line: frames were lost, or the card stops. What was learnt stays.</summary>
    public void Break()
    {
        _spread += _runSpread;
        _product += _runProduct;
        // The old counts as much as a window at most, so that a card that warms up is followed.
        if (_spread > MostSpread) (_spread, _product) = (MostSpread, _product * MostSpread / _spread);
        (_runSpread, _runProduct, _meanX, _meanY, _count) = (0, 0, 0, 0, 0);
    }
}

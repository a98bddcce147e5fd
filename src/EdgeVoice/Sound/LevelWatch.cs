using EdgeVoice.Core.Audio;

namespace EdgeVoice.Sound;

/// <summary>Measures sound in windows of a tenth of a second, whatever the blocks it comes in.</summary>
/// <remarks>One thread; clipping is looked for before the offset is filtered out, as the device does.</remarks>
internal sealed class LevelWatch(int rate, bool dcFilter)
{
    /// <summary>Windows a second.</summary>
    public const int WindowsASecond = 10;

    private const int FloorWindows = 10 * WindowsASecond;
    private readonly CaptureMeter _meter = new();
    private readonly DcFilter? _dcFilter = dcFilter ? new DcFilter(rate) : null;
    private readonly float[] _window = new float[rate / WindowsASecond];
    private readonly float[] _floor = new float[FloorWindows];
    private readonly Sum _sinceTaken = new(), _all = new();
    private int _filled;
    private long _windows;

    /// <summary>True while nothing but exact zeros came.</summary>
    public bool IsDigitalSilence { get; private set; } = true;

    /// <summary>The whole time.</summary>
    public LevelReading Overall => Reading(_all);

    /// <summary>Takes samples, which it may alter; returns how many windows were completed.</summary>
    public int Add(Span<float> mono)
    {
        if (mono.ContainsAnyExcept(0f)) IsDigitalSilence = false;
        _meter.Process(mono);
        _dcFilter?.Process(mono);
        var completed = 0;
        while (mono.Length > 0)
        {
            var count = Math.Min(mono.Length, _window.Length - _filled);
            mono[..count].CopyTo(_window.AsSpan(_filled));
            _filled += count;
            mono = mono[count..];
            if (_filled < _window.Length) continue;
            EndWindow();
            completed++;
        }

        return completed;
    }

    /// <summary>Levels since this was last called.</summary>
    public LevelReading Take()
    {
        var reading = Reading(_sinceTaken);
        _sinceTaken.Clear();
        return reading;
    }

    private void EndWindow()
    {
        _filled = 0;
        _floor[_windows++ % FloorWindows] = LevelMeter.Rms(_window);
        _sinceTaken.Add(_window);
        _all.Add(_window);
    }

    private LevelReading Reading(Sum sum)
    {
        var known = _floor.AsSpan(0, (int)Math.Min(_windows, FloorWindows));
        var floor = LevelMeter.Floor;
        for (var i = 0; i < known.Length; i++) floor = i == 0 ? known[0] : Math.Min(floor, known[i]);
        return new LevelReading((double)_windows / WindowsASecond, sum.RmsDb, sum.PeakDb, floor, _meter.ClippedSamples);
    }

    private sealed class Sum
    {
        private double _energy, _peak = LevelMeter.Floor;
        private long _samples;

        public double RmsDb => _energy == 0 ? LevelMeter.Floor : Math.Max(LevelMeter.Floor, 10 * Math.Log10(_energy / _samples));

        public double PeakDb => _peak;

        public void Add(ReadOnlySpan<float> window)
        {
            foreach (var sample in window) _energy += (double)sample * sample;
            _samples += window.Length;
            _peak = Math.Max(_peak, LevelMeter.Peak(window));
        }

        public void Clear() => (_energy, _peak, _samples) = (0, LevelMeter.Floor, 0);
    }
}

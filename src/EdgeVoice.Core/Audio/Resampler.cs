using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeVoice.Core.Audio;

/// <summary>
/// Streaming sample-rate converter for one channel: linear phase, ripple under .04 dB to .85 of the lower Nyquist frequency,
/// 86 dB of rejection from 1.05 and 97 dB from 1.1 of it, delay of 23 samples of the slower rate (2.9 ms at 8 kHz).
/// </summary>
/// <remarks>
/// <para>One thread at a time. The output is the same bit for bit however the input is cut into blocks; nothing allocates
/// after construction.</para>
/// <para>The position is kept as an exact fraction of an input sample, so nothing drifts. Where the ratio in lowest terms is
/// small (44.1 to 24 kHz: 80/147) every phase has its own filter; otherwise the filter is interpolated between the two
/// nearest phases of a table, with an error under -105 dB.</para>
/// </remarks>
public sealed class Resampler
{
    /// <summary>Lowest rate in samples a second.</summary>
    public const int LowestRate = 1_000;

    /// <summary>Highest rate in samples a second.</summary>
    public const int HighestRate = 384_000;

    private const int ChunkSize = 1024;
    private const int LargestExactBank = 1 << 18;
    private const int TablePhases = 512;

    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly int _delay;
    private readonly bool _exact;
    private readonly float _phaseScale;
    private readonly float[] _bank;
    private readonly float[] _window;

    // The next output stands _phase / _up of a sample behind input sample _index of the next chunk.
    private int _index;
    private int _phase;

    /// <summary>Converts from <paramref name="inputRate"/> to <paramref name="outputRate"/>, both 1,000 to 384,000 a second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate is outside the range.</exception>
    public Resampler(int inputRate, int outputRate)
    {
        CheckRate(inputRate, nameof(inputRate));
        CheckRate(outputRate, nameof(outputRate));
        InputRate = inputRate;
        OutputRate = outputRate;
        var divisor = (int)BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        _up = outputRate / divisor;
        _down = inputRate / divisor;
        if (IsCopy)
        {
            _bank = _window = [];
            return;
        }

        // The delay is a whole number of output samples, so that a whole file comes out exactly in its place.
        var lower = Math.Min(inputRate, outputRate);
        _delay = (int)(((long)ResamplerPrototype.Span * outputRate + 2L * lower - 1) / (2L * lower));
        var delayInput = (double)_delay * inputRate / outputRate;
        var taps = (int)(delayInput + ResamplerPrototype.Span * 0.5 * inputRate / lower) + 1;
        _taps = (taps + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        _exact = (long)_up * _taps <= LargestExactBank;
        var phases = _exact ? _up : (TablePhases * lower + inputRate - 1) / inputRate;
        _phaseScale = (float)phases / _up;
        _bank = BuildBank(_exact ? phases : phases + 1, phases, delayInput, (double)lower / inputRate);
        _window = new float[_taps - 1 + ChunkSize];
    }

    /// <summary>Rate of the input in samples a second.</summary>
    public int InputRate { get; }

    /// <summary>Rate of the output in samples a second.</summary>
    public int OutputRate { get; }

    /// <summary>Delay of the filter in output samples, a whole number; 0 for equal rates.</summary>
    public double LatencyOutputSamples => _delay;

    /// <summary>Delay of the filter in milliseconds; 0 for equal rates.</summary>
    public double LatencyMs => _delay * 1000.0 / OutputRate;

    /// <summary>Samples that <see cref="Flush"/> produces.</summary>
    public int FlushCount => _delay;

    private bool IsCopy => _up == _down;

    /// <summary>The most samples that <see cref="Process"/> can produce from <paramref name="inputCount"/> samples.</summary>
    public int MaxOutput(int inputCount) => checked((int)(((long)inputCount * _up + _down - 1) / _down));

    /// <summary>Takes all of <paramref name="input"/>; returns the number of samples written to <paramref name="output"/>.</summary>
    /// <exception cref="ArgumentException">The output is shorter than what comes out (see <see cref="MaxOutput"/>).</exception>
    public int Process(ReadOnlySpan<float> input, Span<float> output)
    {
        if (output.Length < (IsCopy ? input.Length : Available(input.Length)))
            throw new ArgumentException("shorter than MaxOutput", nameof(output));
        if (IsCopy)
        {
            input.CopyTo(output);
            return input.Length;
        }

        var produced = 0;
        while (input.Length > 0)
        {
            var count = Math.Min(input.Length, ChunkSize);
            input[..count].CopyTo(_window.AsSpan(_taps - 1));
            produced += Advance(count, output[produced..]);
            input = input[count..];
        }

        return produced;
    }

    /// <summary>
    /// Ends the stream: writes the <see cref="FlushCount"/> samples that are still in the filter, as if silence followed, and
    /// resets. Returns their number.
    /// </summary>
    /// <exception cref="ArgumentException">The output is shorter than <see cref="FlushCount"/>.</exception>
    public int Flush(Span<float> output)
    {
        if (output.Length < _delay) throw new ArgumentException("shorter than FlushCount", nameof(output));
        var produced = 0;
        while (produced < _delay)
        {
            _window.AsSpan(_taps - 1).Clear();
            produced += Advance(ChunkSize, output[produced.._delay]);
        }

        Reset();
        return produced;
    }

    /// <summary>Forgets all input, as new.</summary>
    public void Reset()
    {
        Array.Clear(_window);
        _index = 0;
        _phase = 0;
    }

    private static void CheckRate(int rate, string name)
    {
        if (rate is < LowestRate or > HighestRate)
            throw new ArgumentOutOfRangeException(name, rate, $"a rate from {LowestRate} to {HighestRate}");
    }

    private float[] BuildBank(int rows, int phases, double delay, double scale)
    {
        var bank = new float[rows * _taps];
        for (var row = 0; row < rows; row++)
            for (var age = 0; age < _taps; age++)
                bank[row * _taps + _taps - 1 - age] =
                    (float)(scale * ResamplerPrototype.At((age + (double)row / phases - delay) * scale));
        return bank;
    }

    private int Available(int count)
    {
        var distance = (long)(count - _index) * _up - _phase;
        return distance <= 0 ? 0 : checked((int)((distance + _down - 1) / _down));
    }

    // Produces what the window's first `count` new samples allow and fits, then moves the window on by them. Compiled
    // optimised at once: the first seconds of an audio thread must not cost sixty times the later ones. Never inlined: in its
    // caller's code it is not optimised at once, and Dot was a call into code that was not compiled for speed yet.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private int Advance(int count, Span<float> output)
    {
        var produced = Math.Min(Available(count), output.Length);
        var wholeStep = _down / _up;
        var phaseStep = _down % _up;
        for (var i = 0; i < produced; i++)
        {
            output[i] = _exact ? Dot(_phase, _index) : Interpolate();
            _index += wholeStep;
            _phase += phaseStep;
            if (_phase < _up) continue;
            _phase -= _up;
            _index++;
        }

        _index -= count;
        _window.AsSpan(count, _taps - 1).CopyTo(_window);
        return produced;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Interpolate()
    {
        var position = _phase * _phaseScale;
        var row = (int)position;
        var before = Dot(row, _index);
        return before + (position - row) * (Dot(row + 1, _index) - before);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Dot(int row, int start)
    {
        var taps = MemoryMarshal.Cast<float, Vector<float>>(_bank.AsSpan(row * _taps, _taps));
        ref var samples = ref MemoryMarshal.GetReference(_window.AsSpan(start, _taps));
        Vector<float> a = default, b = default;
        var i = 0;
        for (; i + 1 < taps.Length; i += 2)
        {
            a = Vector.FusedMultiplyAdd(taps[i], Load(ref samples, i), a);
            b = Vector.FusedMultiplyAdd(taps[i + 1], Load(ref samples, i + 1), b);
        }

        if (i < taps.Length) a = Vector.FusedMultiplyAdd(taps[i], Load(ref samples, i), a);
        return Vector.Sum(a + b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float samples, int vector) =>
        Vector.LoadUnsafe(ref samples, (nuint)(vector * Vector<float>.Count));
}

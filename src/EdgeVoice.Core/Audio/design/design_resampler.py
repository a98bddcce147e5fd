#!/usr/bin/env python3
"""Designs the resampler's low-pass and writes ../ResamplerPrototype.Table.cs.

Needs Debian's python3-numpy and python3-scipy:  python3 design_resampler.py [--check]
--check writes nothing and fails unless the committed table meets the figures.

The filter is a continuous function of time h(t), a quintic B-spline with KNOTS knots per sample of the slower rate, so that
one table serves every pair of rates: each polyphase branch samples h(t) where it needs it. Its Fourier transform is

    H(f) = sinc(f/KNOTS)^6 * (c0 + 2 sum c_k cos(2 pi f k / KNOTS)) / KNOTS    (f in cycles per sample of the slower rate)

which is linear in the coefficients, so the best filter of a given length in the minimax sense is a linear programme.
The sixth power of the sinc leaves less than -140 dB of the knots' own images.
"""
import re
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

SPAN = 46           # samples of the slower rate from end to end: 2.875 ms of delay at 8 kHz
KNOTS = 8           # spline knots per sample of the slower rate
HALF = SPAN * KNOTS // 2 - 3    # last coefficient whose spline (three knots either side) stays within the span
TARGET = Path(__file__).resolve().parent.parent / "ResamplerPrototype.Table.cs"

PASS_EDGE, SOFT_EDGE, STOP_EDGE, DEEP_EDGE = .425, .45, .525, .55   # .85, .9, 1.05 and 1.1 of the Nyquist frequency .5
RIPPLE_DB = .015     # either side of 0 dB
SOFT_DB = -1.3      # least gain at SOFT_EDGE
RELAXED_DB = 10     # how much less is asked between STOP_EDGE and DEEP_EDGE
FALL_DB = 12        # how much more is asked from twice DEEP_EDGE on, where images are many


def rows(f):
    """One row a frequency: the response of each coefficient."""
    f = np.asarray(f, float)[:, None]
    k = np.arange(HALF + 1)[None, :]
    return np.sinc(f / KNOTS) ** 6 * np.where(k == 0, 1, 2) * np.cos(2 * np.pi * f * k / KNOTS) / KNOTS


def stop_weight(f):
    octaves = np.clip(np.log2(f / DEEP_EDGE), 0, 1)
    return 10 ** (-FALL_DB * octaves / 20) * np.where(f < DEEP_EDGE, 10 ** (RELAXED_DB / 20), 1)


def design():
    step = 1 / (SPAN * 12)
    passband = rows(np.arange(0, PASS_EDGE + step / 2, step))
    transition = rows(np.arange(PASS_EDGE, STOP_EDGE, step))
    f = np.unique(np.concatenate([np.arange(STOP_EDGE, 1.6, step), np.arange(1.6, KNOTS / 2, 2 * step), [DEEP_EDGE, KNOTS / 2]]))
    stop, weight = rows(f), stop_weight(f)[:, None]
    ripple = 10 ** (RIPPLE_DB / 20) - 1
    pad = lambda a, v=0: np.hstack([a, np.broadcast_to(v, (len(a), 1))])
    soft = rows([SOFT_EDGE])
    a = np.vstack([pad(passband), pad(-passband), pad(transition), pad(-soft), pad(stop, -weight), pad(-stop, -weight)])
    b = np.concatenate([
        np.full(len(passband), 1 + ripple), np.full(len(passband), ripple - 1), np.full(len(transition), 1 + ripple),
        [-10 ** (SOFT_DB / 20)], np.zeros(2 * len(stop))])
    # The last unknown is the stop-band error in units of -100 dB, so that the solver's tolerance is far below it.
    scale = 1e-5
    a[:, -1] *= scale
    a, b = a / scale, b / scale
    cost = np.zeros(HALF + 2)
    cost[-1] = 1
    result = linprog(cost, a, b, bounds=[(None, None)] * (HALF + 2), method="highs")
    if not result.success:
        sys.exit(result.message)
    return result.x[:-1]


def figures(c):
    db = lambda h: 20 * np.log10(np.abs(h) + 1e-12)
    gain = db(rows(np.linspace(0, PASS_EDGE, 4000)) @ c)
    edge = db(rows(np.linspace(STOP_EDGE, DEEP_EDGE, 400)) @ c)
    deep = db(rows(np.linspace(DEEP_EDGE, 3 * KNOTS, 40000)) @ c)
    soft = db(rows([SOFT_EDGE]) @ c)[0]
    print(f"ripple {gain.min():+.4f} {gain.max():+.4f} dB; at .9 {soft:.3f} dB; "
          f"from 1.05 {-edge.max():.2f} dB; from 1.1 {-deep.max():.2f} dB; delay {SPAN / 2 / 8:.3f} ms at 8 kHz")
    return gain.max() - gain.min() <= .05 and soft >= -1.5 and edge.max() <= -80 and deep.max() <= -90


def write(c):
    lines = [", ".join(f"{v:.12e}" for v in c[i:i + 5]) for i in range(0, len(c), 5)]
    TARGET.write_text(f"""namespace EdgeVoice.Core.Audio;

/// <summary>
/// The resampler's low-pass: a symmetric quintic B-spline, written by design/design_resampler.py (do not edit by hand).
/// Unit of time: one sample of the slower of the two rates.
/// </summary>
internal static partial class ResamplerPrototype
{{
    /// <summary>Length of the filter from end to end.</summary>
    internal const int Span = {SPAN};

    private const int Knots = {KNOTS};

    private static ReadOnlySpan<double> Coefficients =>
    [
        {(',' + chr(10) + '        ').join(lines)},
    ];
}}
""")


def committed():
    table = TARGET.read_text().split("[\n")[1].split("]")[0]
    return np.array([float(v) for v in re.findall(r"[-+.\de]+", table)])


if __name__ == "__main__":
    check = "--check" in sys.argv[1:]
    coefficients = committed() if check else design()
    if not figures(coefficients):
        sys.exit("the design misses the figures")
    if not check:
        write(coefficients)

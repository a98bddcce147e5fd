using System.Globalization;

namespace EdgeVoice.Rig.Signals;

/// <summary>Reads the data wire of WS2812B and SK6812 as the chips do: by the times for which it is high and low.</summary>
internal static class OneWireDecoder
{
    // A low time this long is no part of a bit any more, for any of the chips.
    private const double LongestLow = 5_000;

    /// <summary>The channel bytes that the wire carried, everything being within the datasheet and a reset before and after.</summary>
    /// <param name="sent">What the SPI controller sent, most significant bit first.</param>
    /// <param name="clockHz">Its bit clock.</param>
    /// <param name="sheet">The chip.</param>
    /// <param name="pauseNs">For how long the controller pauses, the line low, after a byte of so many.</param>
    /// <exception cref="InvalidDataException">A time is outside.</exception>
    public static byte[] Decode(ReadOnlySpan<byte> sent, int clockHz, OneWireDatasheet sheet, Func<int, double>? pauseNs = null)
    {
        var pulses = Pulses(sent, 1e9 / clockHz, pauseNs ?? (static _ => 0));
        Expect(pulses[0].Low >= sheet.Reset, $"before the first bit the line is low for {Ns(pulses[0].Low)}, {sheet.Name} resets after {Ns(sheet.Reset)}");
        Expect(pulses.Count == 1 || pulses[^1].Low >= sheet.Reset, $"after the last bit the line is low for {Ns(pulses[^1].Low)}");
        Expect((pulses.Count - 1) % 8 == 0, $"{pulses.Count - 1} bits are no whole bytes");
        var bytes = new byte[(pulses.Count - 1) / 8];
        for (var i = 1; i < pulses.Count; i++)
        {
            var isOne = IsOne(pulses[i], sheet, isLast: i == pulses.Count - 1, isPaced: pauseNs is null);
            bytes[(i - 1) / 8] = (byte)(bytes[(i - 1) / 8] << 1 | (isOne ? 1 : 0));
        }

        return bytes;
    }

    private static bool IsOne((double High, double Low) pulse, OneWireDatasheet sheet, bool isLast, bool isPaced)
    {
        var isOne = pulse.High >= sheet.OneHigh.Least && pulse.High <= sheet.OneHigh.Most;
        var isZero = pulse.High >= sheet.ZeroHigh.Least && pulse.High <= sheet.ZeroHigh.Most;
        Expect(isOne != isZero, $"high for {Ns(pulse.High)} is neither bit of {sheet.Name}, or both");
        var (least, most) = isOne ? sheet.OneLow : sheet.ZeroLow;
        if (isLast) most = double.PositiveInfinity;
        else if (!isPaced) most = LongestLow;
        Expect(pulse.Low >= least && pulse.Low <= most, $"low for {Ns(pulse.Low)} after a {(isOne ? 1 : 0)}: {sheet.Name} wants {Ns(least)} to {Ns(most)}");
        return isOne;
    }

    // The first one is the low time before anything.
    private static List<(double High, double Low)> Pulses(ReadOnlySpan<byte> sent, double bitNs, Func<int, double> pauseNs)
    {
        List<(double High, double Low)> pulses = [(0, 0)];
        var wasHigh = false;
        for (var i = 0; i < sent.Length; i++)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var isHigh = (sent[i] >> bit & 1) == 1;
                if (isHigh && !wasHigh) pulses.Add((0, 0));
                pulses[^1] = isHigh ? (pulses[^1].High + bitNs, pulses[^1].Low) : (pulses[^1].High, pulses[^1].Low + bitNs);
                wasHigh = isHigh;
            }

            Expect(!wasHigh, $"byte {i} ends high: a pause after it would lengthen the pulse");
            pulses[^1] = (pulses[^1].High, pulses[^1].Low + pauseNs(i));
        }

        return pulses;
    }

    private static string Ns(double ns) => string.Create(CultureInfo.InvariantCulture, $"{ns:0} ns");

    private static void Expect(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidDataException(otherwise);
    }
}

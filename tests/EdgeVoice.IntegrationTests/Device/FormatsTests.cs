using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Every format each way on its own, from the microphone's samples to the server's, and from its to the loudspeaker's.</summary>
[Collection(WholeDevice.Name)]
public sealed class FormatsTests
{
    private const int LawRate = 8_000;
    private static readonly WireFormat[] All = [WireFormat.Pcm16, WireFormat.Pcmu, WireFormat.Pcma];

    public static TheoryData<WireFormat, WireFormat> EachWay()
    {
        var rows = new TheoryData<WireFormat, WireFormat>();
        foreach (var input in All)
            foreach (var output in All) rows.Add(input, output);
        return rows;
    }

    [Theory]
    [MemberData(nameof(EachWay))]
    public async Task Turn_EachFormatEachWay_IsWhatTheLawMakesOfItAndHeardBitExact(WireFormat input, WireFormat output)
    {
        var (question, answer) = (Clips.Noise(401, 600, RateOf(input)), Clips.Noise(402, 600));
        var setup = new DeviceSetup { Rate = RateOf(input), LoudspeakerRate = RateOf(output), Configure = o => Wire(o, input, output) };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), setup);
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        Assert.Equal(RateOf(input), device.Session.Committed.Single().Rate);
        ServerHeard.Holds(ServerHeard.Committed(device.Session), ThereAndBack(question, input));
        var sent = device.Session.Sent.Single();
        Assert.Equal((RateOf(output), RateOf(output)), (sent.Rate, heard.Rate));
        if (output == WireFormat.Pcm16) heard.HeardWhole(answer, sent.Sha256);
        else Exact(heard, sent.Pcm.Span, sent.Sha256);
    }

    [Theory]
    [InlineData(WireFormat.Pcmu)]
    [InlineData(WireFormat.Pcma)]
    public async Task Turn_LawBetweenCardsOf24Kilohertz_IsTheSameSpeechAtBothEnds(WireFormat law)
    {
        var (question, answer) = (Clips.Recorded("agent-pass"), Clips.Recorded("conf-getpin"));
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), new DeviceSetup { Configure = o => Wire(o, law, law) });
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        // Found again at the finer rate: the two rates meet anywhere between two samples.
        var turn = ServerHeard.Committed(device.Session);
        Assert.InRange(Likeness(new WavAudio([.. turn.Select(s => s / 32768f)], LawRate, 1).ToMono16(Clips.Rate), question), 0.98, 1.0001);
        Assert.InRange(Likeness(heard.Samples, answer), 0.98, 1.0001);
    }

    private static int RateOf(WireFormat format) => format == WireFormat.Pcm16 ? Clips.Rate : LawRate;

    private static EdgeVoiceOptions Wire(EdgeVoiceOptions options, WireFormat input, WireFormat output) => options with
    {
        Realtime = options.Realtime with
        {
            Input = options.Realtime.Input with { Format = input },
            Output = options.Realtime.Output with { Format = output },
        },
    };

    private static short[] ThereAndBack(short[] samples, WireFormat law)
    {
        if (law == WireFormat.Pcm16) return samples;
        var codes = new byte[samples.Length];
        var back = new short[samples.Length];
        if (law == WireFormat.Pcmu)
        {
            G711.EncodeMuLaw(samples, codes);
            G711.DecodeMuLaw(codes, back);
        }
        else
        {
            G711.EncodeALaw(samples, codes);
            G711.DecodeALaw(codes, back);
        }

        return back;
    }

    // Silence has many zeros in these codes: the answer is looked for as one stretch.
    private static void Exact(HeardWav heard, ReadOnlySpan<short> sent, string sha256)
    {
        var at = heard.Samples.AsSpan().IndexOf(sent);
        Assert.True(at >= 0, "the answer is not in the file as one stretch");
        var bytes = MemoryMarshal.AsBytes(heard.Samples.AsSpan(at, sent.Length));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    // The best normalised correlation of the sound with any stretch of the recording.
    private static double Likeness(ReadOnlySpan<short> recording, ReadOnlySpan<short> sound)
    {
        Assert.True(recording.Length >= sound.Length, $"{recording.Length} samples hold no {sound.Length}");
        // Few samples tell the place, all of them how alike the two are there.
        var (place, coarse, best) = (0, double.MinValue, double.MinValue);
        for (var at = 0; at + sound.Length <= recording.Length; at++)
        {
            if (Correlation(recording.Slice(at, sound.Length), sound, 97) is var alike && alike <= coarse) continue;
            (place, coarse) = (at, alike);
        }

        for (var at = Math.Max(0, place - 3); at <= Math.Min(recording.Length - sound.Length, place + 3); at++)
            best = Math.Max(best, Correlation(recording.Slice(at, sound.Length), sound, 1));
        return best;
    }

    private static double Correlation(ReadOnlySpan<short> left, ReadOnlySpan<short> right, int step)
    {
        double both = 0, one = 0, other = 0;
        for (var i = 0; i < left.Length; i += step)
        {
            both += (double)left[i] * right[i];
            one += (double)left[i] * left[i];
            other += (double)right[i] * right[i];
        }

        return one == 0 || other == 0 ? 0 : both / Math.Sqrt(one * other);
    }
}

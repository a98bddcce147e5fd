using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Both laws of G.711, both ways, between a microphone and a loudspeaker at 8 kHz.</summary>
[Collection(WholeDevice.Name)]
public sealed class G711Tests
{
    private const int Rate = 8_000;

    [Theory]
    [InlineData(WireFormat.Pcmu)]
    [InlineData(WireFormat.Pcma)]
    public async Task Turn_InOneLaw_IsWhatTheLawMakesOfItAndHeardBitExact(WireFormat law)
    {
        var (question, answer) = (Clips.Noise(401, 600, Rate), Clips.Noise(402, 24_000 / Rate * 200));
        var setup = new DeviceSetup { Rate = Rate, Configure = o => Wire(o, law, law) };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), setup);
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();

        Assert.Equal(Rate, device.Session.Committed[0].Rate);
        ServerHeard.Holds(ServerHeard.Committed(device.Session), ThereAndBack(question, law));
        var sent = device.Session.Sent.Single();
        Assert.Equal(Rate, sent.Rate);
        Exact(heard, sent.Pcm.Span, sent.Sha256);
    }

    [Fact]
    public async Task Turn_LawInAndPcmOut_AreIndependent()
    {
        var (question, answer) = (Clips.Noise(403, 600), Clips.Noise(404, 500));
        var setup = new DeviceSetup { Configure = o => Wire(o, WireFormat.Pcma, WireFormat.Pcm16) };
        await using var device = await DeviceUnderTest.StartAsync(DeviceUnderTest.Answers(answer), setup);
        await device.TalkAsync(question);
        await device.HeardAsync(1);
        var heard = await device.FinishAsync();
        Assert.Equal(Rate, device.Session.Committed.Single().Rate);
        // The speech, its tail, and as much pre-roll as there was: counted at 8 kHz.
        Assert.InRange(device.Session.Committed[0].Samples, Rate * 9 / 10, Rate * 2);
        heard.HeardWhole(answer, device.Session.Sent.Single().Sha256);
    }

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
        Assert.Equal(Rate, heard.Rate);
        var at = heard.Samples.AsSpan().IndexOf(sent);
        Assert.True(at >= 0, "the answer is not in the file as one stretch");
        var bytes = MemoryMarshal.AsBytes(heard.Samples.AsSpan(at, sent.Length));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}

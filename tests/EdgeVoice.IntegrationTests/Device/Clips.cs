using EdgeVoice.Core.Audio;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Sound for the tests, mono at 24 kHz unless said otherwise.</summary>
internal static class Clips
{
    public const int Rate = 24_000;
    private const string Recordings = "/usr/share/asterisk/sounds/en";

    /// <summary>
    /// Noise that is found again to the sample: none of its samples is zero and no stretch of it comes twice. It comes in
    /// bursts of 200 ms, loud and soft in turn, so that a detector of speech takes it for speech.
    /// </summary>
    public static short[] Noise(int seed, int ms, int rate = Rate)
    {
        var random = new Random(seed);
        var samples = new short[rate / 1000 * ms];
        for (var i = 0; i < samples.Length; i++)
        {
            var loud = i / (rate / 5) % 2 == 0;
            var size = loud ? random.Next(1_000, 8_000) : random.Next(1, 12);
            samples[i] = (short)(random.Next(2) == 0 ? size : -size);
        }

        return samples;
    }

    /// <summary>A person's recorded words, from the Debian package asterisk-core-sounds-en-wav (8 kHz).</summary>
    public static short[] Recorded(string name)
    {
        var path = Path.Combine(Recordings, name + ".wav");
        Assert.True(File.Exists(path), $"{path} is missing: apt-get install asterisk-core-sounds-en-wav");
        return WavFile.Read(path).ToMono16(Rate);
    }

    /// <summary>Milliseconds as samples at 24 kHz.</summary>
    public static int Samples(double ms) => (int)(ms * Rate / 1000);
}

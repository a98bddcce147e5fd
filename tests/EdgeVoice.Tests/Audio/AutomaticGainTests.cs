using EdgeVoice.Core.Audio;

namespace EdgeVoice.Tests.Audio;

public sealed class AutomaticGainTests
{
    private const int Rate = 16_000;
    private readonly AutomaticGain _gain = new(Rate);
    private readonly Random _random = new(1);

    [Fact]
    public void QuietSpeech_IsRaisedToItsTargetWithinSeconds()
    {
        Speak(seconds: 12, speechDb: -41, noiseDb: -80);
        Assert.InRange(_gain.GainDb, 12, 20);
    }

    [Fact]
    public void VeryQuietSpeech_IsRaisedByNoMoreThanTheLimit()
    {
        Speak(seconds: 20, speechDb: -58, noiseDb: -90);
        Assert.InRange(_gain.GainDb, AutomaticGain.MostDb - 0.5, AutomaticGain.MostDb);
    }

    [Fact]
    public void GoodSpeech_IsLeftAlone()
    {
        Speak(seconds: 6, speechDb: -20, noiseDb: -70);
        Assert.Equal(0, _gain.GainDb);
    }

    [Fact]
    public void NoiseAlone_IsNotPumpedUp()
    {
        Speak(seconds: 8, speechDb: -41, noiseDb: -80);
        var before = _gain.GainDb;
        Noise(10, -80);
        Assert.Equal(before, _gain.GainDb, 0.5);
    }

    [Fact]
    public void NoisyRoom_BackgroundIsNeverRaisedAboveItsLimit()
    {
        Speak(seconds: 15, speechDb: -40, noiseDb: -56);
        Assert.InRange(_gain.GainDb, 0, 7);
    }

    [Fact]
    public void SuddenlyLoud_ComesDownFast()
    {
        Speak(seconds: 12, speechDb: -41, noiseDb: -80);
        Speak(seconds: 1.5, speechDb: -15, noiseDb: -80);
        Assert.InRange(_gain.GainDb, 0, 3);
    }

    [Fact]
    public void AnyBlockSizes_SameSamples()
    {
        var other = new AutomaticGain(Rate);
        float[] one = [.. Enumerable.Range(0, Rate).Select(_ => Sample(-35))], two = [.. one];
        _gain.Process(one);
        for (var at = 0; at < two.Length;)
        {
            var count = Math.Min(_random.Next(1, 700), two.Length - at);
            other.Process(two.AsSpan(at, count));
            at += count;
        }

        Assert.Equal(one, two);
    }

    [Fact]
    public void Silence_DoesNothing()
    {
        Noise(3, -200);
        Assert.Equal(0, _gain.GainDb);
    }

    // Words of 300 ms with gaps of 200.
    private void Speak(double seconds, double speechDb, double noiseDb)
    {
        var block = new float[Rate / 100];
        for (var i = 0; i < seconds * 100; i++)
        {
            var db = i % 50 < 30 ? speechDb : noiseDb;
            foreach (ref var sample in block.AsSpan()) sample = Sample(db);
            _gain.Process(block);
        }
    }

    private void Noise(double seconds, double db)
    {
        var block = new float[Rate / 100];
        for (var i = 0; i < seconds * 100; i++)
        {
            foreach (ref var sample in block.AsSpan()) sample = Sample(db);
            _gain.Process(block);
        }
    }

    // Even noise of that level.
    private float Sample(double db) => (float)((_random.NextDouble() * 2 - 1) * Math.Sqrt(3) * Math.Pow(10, db / 20));
}

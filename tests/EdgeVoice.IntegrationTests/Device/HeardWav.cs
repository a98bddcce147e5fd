using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>What left the loudspeaker, as the file has it.</summary>
internal sealed class HeardWav
{
    private const int Clue = 48;

    public HeardWav(string path)
    {
        var info = new FileInfo(path);
        if (info.Length <= 44) return;
        var audio = WavFile.Read(path);
        Samples = audio.ToMono16(audio.Rate);
        Rate = audio.Rate;
    }

    public short[] Samples { get; } = [];

    public int Rate { get; } = Clips.Rate;

    /// <summary>Where some sound was heard.</summary>
    /// <param name="Start">First sample in the file; -1: not at all.</param>
    /// <param name="Count">Samples of it that were heard, from its beginning on.</param>
    /// <param name="End">Behind its last sample in the file.</param>
    /// <param name="Gaps">Silence in the middle of it, in samples.</param>
    internal sealed record Place(int Start, int Count, int End, int Gaps);

    /// <summary>
    /// Finds sound in the file and follows it as far as it goes. Silence in between (the card stood still) is passed over and
    /// counted; anything else ends it.
    /// </summary>
    public Place Find(ReadOnlySpan<short> sound, int from = 0)
    {
        var start = sound.IndexOfAnyExcept((short)0);
        if (start < 0 || sound.Length - start < Clue) throw new ArgumentException("too little sound to look for", nameof(sound));
        var at = Samples.AsSpan(from).IndexOf(sound.Slice(start, Clue));
        if (at < 0) return new Place(-1, 0, -1, 0);
        at += from;
        var (count, gaps, held, end) = (start, 0, 0, at);
        for (var i = at; i < Samples.Length && count < sound.Length; i++)
        {
            if (Samples[i] == sound[count])
            {
                count++;
                gaps += held;
                held = 0;
                end = i + 1;
            }
            else if (Samples[i] == 0)
            {
                held++;
            }
            else
            {
                break;
            }
        }

        return new Place(at - start, count, end, gaps);
    }

    /// <summary>Asserts that the sound was heard whole, and from there on once; returns where.</summary>
    public Place HeardWhole(ReadOnlySpan<short> sound, string sha256, int from = 0)
    {
        var place = Find(sound, from);
        Assert.True(place.Start >= 0, "the answer is not in the file");
        var heard = new List<short>(place.Count);
        for (var (i, j) = (place.Start, 0); j < place.Count; i++)
        {
            // What stands before the file's beginning, or in a gap, is silence that the card added.
            if (i < 0 || Samples[i] != sound[j]) continue;
            heard.Add(Samples[i]);
            j++;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(heard))));
        Assert.Equal((sound.Length, sha256), (heard.Count, hash));
        NotHeardAfter(sound, place.End);
        return place;
    }

    /// <summary>Asserts that no stretch of the sound is in the file behind a place.</summary>
    public void NotHeardAfter(ReadOnlySpan<short> sound, int from)
    {
        var rest = Samples.AsSpan(from);
        for (var at = 0; at + Clue <= sound.Length; at += Clue)
        {
            var clue = sound.Slice(at, Clue);
            if (!clue.ContainsAnyExcept((short)0)) continue;
            if (clue.IndexOfAnyExcept(clue[0]) < 0) continue;
            var found = rest.IndexOf(clue);
            Assert.True(found < 0, $"sample {at} of the sound is heard again at {from + found}, behind {from}");
        }
    }
}

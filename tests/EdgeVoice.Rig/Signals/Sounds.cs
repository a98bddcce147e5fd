namespace EdgeVoice.Rig.Signals;

/// <summary>Finds the sounds of a recording.</summary>
internal static class Sounds
{
    /// <summary>All of them; between two lie 20 ms of silence at least.</summary>
    public static IReadOnlyList<SoundSpan> Find(short[] recording, int rate)
    {
        List<SoundSpan> sounds = [];
        for (var i = 0; i < recording.Length; i++)
        {
            if (recording[i] == 0) continue;
            if (sounds.Count > 0 && i - sounds[^1].To < rate / 50) sounds[^1] = sounds[^1] with { To = i + 1 };
            else sounds.Add(new SoundSpan(recording, i, i + 1));
        }

        return sounds;
    }
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Conversation;

/// <summary>What is to be heard beside answers.</summary>
/// <param name="Sound">The sound; null: spoken help only ends.</param>
/// <param name="Trouble">The trouble whose spoken help follows the sound.</param>
public sealed record Cue(SoundName? Sound, Trouble Trouble = Trouble.None)
{
    /// <summary>Spoken help ends: somebody acts.</summary>
    public static readonly Cue Hush = new((SoundName?)null);

    /// <summary>Something is wrong, and this can be done about it.</summary>
    public static Cue Error(Trouble trouble = Trouble.None) => new(SoundName.Error, trouble);
}

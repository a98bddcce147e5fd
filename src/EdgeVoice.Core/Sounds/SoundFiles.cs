using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Sounds;

/// <summary>What the files of sounds are called: those that a person puts into <c>sounds.folder</c>, and those that are shipped.</summary>
public static class SoundFiles
{
    /// <summary>File names of all sounds and of all spoken help.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<SoundName>().Select(Of), .. Troubles.All.Select(Of)];

    /// <summary>The file of a sound.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sound.</exception>
    public static string Of(SoundName sound) => sound switch
    {
        SoundName.Woken => "woken.wav",
        SoundName.DoneListening => "done-listening.wav",
        SoundName.NothingHeard => "nothing-heard.wav",
        SoundName.MuteOn => "mute-on.wav",
        SoundName.MuteOff => "mute-off.wav",
        SoundName.Error => "error.wav",
        SoundName.Timer => "timer.wav",
        SoundName.StartUp => "start-up.wav",
        _ => throw new ArgumentOutOfRangeException(nameof(sound), sound, "no such sound"),
    };

    /// <summary>The file of the spoken help for a trouble.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no help for <see cref="Trouble.None"/>.</exception>
    public static string Of(Trouble trouble) => $"{Troubles.Name(trouble)}.wav";
}

using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Sounds;

/// <summary>The device's own sounds, loaded: every clip that is switched on, at the session's rate, and which is which.</summary>
/// <remarks>Immutable after <see cref="Load"/>: any thread.</remarks>
public sealed class SoundBank
{
    private const int None = -1;

    // Arrays, not dictionaries: a look-up is compiled with everything else, before the first press.
    private readonly int[] _sounds = NoneOf((int)Enum.GetValues<SoundName>().Max());
    private readonly int[] _help = NoneOf((int)Troubles.All.Max());
    private readonly List<SoundClip> _clips = [];

    private readonly int _rate;

    private SoundBank(int rate) => _rate = rate;

    /// <summary>All clips; their index is what is ordered of the playback thread.</summary>
    public IReadOnlyList<SoundClip> Clips => _clips;

    /// <summary>What could not be loaded and what is used instead, one line each.</summary>
    public IReadOnlyList<string> Problems { get; private set; } = [];

    /// <summary>Index of a sound, or null where it is switched off.</summary>
    public int? IndexOf(SoundName sound) => Known(_sounds, (int)sound);

    /// <summary>Index of the spoken help for a trouble, or null where there is none.</summary>
    public int? IndexOf(Trouble trouble) => Known(_help, (int)trouble);

    /// <summary>How long a clip lasts, in nanoseconds.</summary>
    public long LastsNs(int index) => _clips[index].Samples.Length * 1_000_000_000L / _rate;

    /// <summary>
    /// Makes and reads everything that <paramref name="options"/> switch on. Whatever is wrong with a person's file, the shipped sound is
    /// used; never throws for a file.
    /// </summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="language">The device's language, a tag such as "de-AT"; counts where the options name none.</param>
    /// <param name="shipped">Folder with one folder of spoken help for each language.</param>
    /// <param name="rate">The session's output rate, 8,000 to 192,000 samples a second.</param>
    public static SoundBank Load(SoundOptions options, string language, string shipped, int rate)
    {
        ArgumentNullException.ThrowIfNull(options);
        var bank = new SoundBank(rate);
        if (!options.Enabled) return bank;
        var reader = new SoundReader(options, rate);
        foreach (var sound in Enum.GetValues<SoundName>().Where(sound => IsOn(options, sound)))
        {
            var own = reader.Own(SoundFiles.Of(sound));
            bank._sounds[(int)sound] = bank.Add(new SoundClip(own ?? reader.Scale(ToneGenerator.Make(sound, rate))));
        }

        var folder = Path.Combine(shipped, HelpLanguages.Folder(options.Language, language));
        foreach (var trouble in Troubles.All.Where(_ => options.SpokenHelp))
        {
            if ((reader.Own(SoundFiles.Of(trouble)) ?? reader.Shipped(Path.Combine(folder, SoundFiles.Of(trouble)))) is { } help)
                bank._help[(int)trouble] = bank.Add(new SoundClip(help, IsSpoken: true));
        }

        bank.Problems = reader.Problems;
        return bank;
    }

    private static bool IsOn(SoundOptions options, SoundName sound) => sound switch
    {
        SoundName.Woken => options.Woken,
        SoundName.DoneListening => options.DoneListening,
        SoundName.NothingHeard => options.NothingHeard,
        SoundName.MuteOn => options.MuteOn,
        SoundName.MuteOff => options.MuteOff,
        SoundName.Error => options.Error,
        SoundName.Timer => options.Timer,
        SoundName.StartUp => options.StartUp,
        _ => throw new ArgumentOutOfRangeException(nameof(sound), sound, "no such sound"),
    };

    private static int? Known(int[] places, int key) => places[key] is var index && index == None ? null : index;

    private static int[] NoneOf(int highest)
    {
        var places = new int[highest + 1];
        Array.Fill(places, None);
        return places;
    }

    private int Add(SoundClip clip)
    {
        _clips.Add(clip);
        return _clips.Count - 1;
    }
}

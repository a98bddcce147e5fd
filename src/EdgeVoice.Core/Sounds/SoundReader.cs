using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Core.Sounds;

/// <summary>Reads sound files as clips; what is wrong with one becomes a line, never an exception.</summary>
/// <remarks>One use, one thread. Reads at most <see cref="MaxBytes"/> of a file and never waits for a pipe.</remarks>
internal sealed class SoundReader
{
    /// <summary>Largest file read, in bytes: 10 s in every format that there is.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Longest sound in seconds; what lasts longer is no sound but music.</summary>
    public const int LongestSeconds = 10;

    private const int MostStrangers = 20;
    private const string UsesShipped = "the shipped sound is used";
    private readonly string? _folder;
    private readonly int _rate;
    private readonly float _gain;
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _present = [];

    /// <summary>Looks into the folder of a person's own files, where one is named.</summary>
    public SoundReader(SoundOptions options, int rate)
    {
        _folder = options.Folder;
        _rate = rate;
        _gain = MathF.Pow(10, (float)options.VolumeDb / 20);
        if (_folder is not null) Look(_folder);
    }

    /// <summary>What was wrong, one line each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>A person's own sound of this name, or null where there is none that can be used.</summary>
    public float[]? Own(string file)
    {
        if (_folder is null || !_present.Contains(file)) return null;
        var samples = Read(Path.Combine(_folder, file), out var problem);
        if (samples is null) _problems.Add($"sounds.folder: {problem}; {UsesShipped}");
        return samples;
    }

    /// <summary>A shipped sound, or null where it cannot be read.</summary>
    public float[]? Shipped(string path)
    {
        var samples = Read(path, out var problem);
        if (samples is null) _problems.Add($"{problem}; install the program again, until then this help is not spoken");
        return samples;
    }

    /// <summary>Gives samples the loudness that is wanted, in place.</summary>
    public float[] Scale(float[] samples)
    {
        if (_gain == 1) return samples;
        foreach (ref var sample in samples.AsSpan()) sample *= _gain;
        return samples;
    }

    private void Look(string folder)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.wav").Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(path);
                if (SoundFiles.All.Contains(name)) _present.Add(name);
                else if (_problems.Count < MostStrangers)
                    _problems.Add($"sounds.folder: {ValueText.Escape(path)}: no sound has this name; the nearest is {NearestName.Of(name, SoundFiles.All)}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add($"sounds.folder: {ValueText.Escape(folder)}: cannot be read ({ValueText.Escape(e.Message, 200)}); the shipped sounds are used");
        }
    }

    private float[]? Read(string path, out string problem)
    {
        var bytes = BoundedFile.Read(path, MaxBytes, refuse: null, out problem);
        if (bytes is null) return null;
        try
        {
            var audio = WavFile.Read(new MemoryStream(bytes, writable: false), ValueText.Escape(path));
            if (audio.Frames > (long)LongestSeconds * audio.Rate)
            {
                problem = $"{ValueText.Escape(path)}: lasts longer than {LongestSeconds} s; cut it";
                return null;
            }

            return Scale(ToFloat(audio.ToMono16(_rate)));
        }
        catch (WavFormatException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private static float[] ToFloat(short[] samples)
    {
        var floats = new float[samples.Length];
        PcmConvert.ToFloat(samples, floats);
        return floats;
    }
}

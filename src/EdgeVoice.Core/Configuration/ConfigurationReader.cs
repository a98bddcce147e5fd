using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>Reads a configuration file: bounded, every error at once, each on one line with its place.</summary>
/// <remarks>Any thread may call it; a pipe, a device or a huge file never makes it wait.</remarks>
public static class ConfigurationReader
{
    /// <summary>Largest file read, in bytes.</summary>
    public const int MaxBytes = 16 << 20;

    private const int MaxDepth = 64;

    /// <summary>
    /// Reads and validates the file at <paramref name="path"/>. <paramref name="hasIotPackages"/>: whether this build has the
    /// backends <c>alsa-net</c> and <c>iot</c>; default false.
    /// </summary>
    public static ConfigurationResult Read(string path, bool hasIotPackages = false)
    {
        var bytes = BoundedFile.Read(path, MaxBytes, refuse: null, out var error);
        return bytes is null ? Failed(error) : Parse(new SourceText(path, bytes), hasIotPackages);
    }

    private static ConfigurationResult Parse(SourceText source, bool hasIotPackages)
    {
        if (source.EncodingProblem() is { } problem)
            return Failed(problem);
        var errors = new ConfigurationErrors(source);
        var binder = new OptionBinder(errors);
        var root = new ConfigurationRoot(errors, binder);
        var reader = new Utf8JsonReader(source.Bytes, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            MaxDepth = MaxDepth,
        });
        try
        {
            root.Read(ref reader);
        }
        catch (JsonException e)
        {
            errors.Add(source.Offset(e.LineNumber ?? 0, e.BytePositionInLine ?? 0), string.Empty, SyntaxProblem(e, reader.CurrentDepth));
            return new ConfigurationResult(null, errors.ToLines(), []);
        }

        Validate(root.Options, hasIotPackages, errors, binder);
        IReadOnlyList<string> warnings = root.Unread.Count == 0
            ? []
            : [$"{source.Path}: {string.Join(" and ", root.Unread)}: not read yet, only \"defaults\" is in force"];
        return new ConfigurationResult(errors.IsEmpty ? root.Options : null, errors.ToLines(), warnings);
    }

    private static void Validate(EdgeVoiceOptions options, bool hasIotPackages, ConfigurationErrors errors, OptionBinder binder)
    {
        foreach (var problem in EdgeVoiceOptionsValidator.Validate(options, hasIotPackages))
        {
            var path = $"{ConfigurationRoot.DefaultsPath}.{problem.Path}";
            if (!errors.Covers(path))
                errors.Add(binder.PlaceOf(path), path, $"found {problem.Found}; allowed: {problem.Allowed}");
        }
    }

    private static string SyntaxProblem(JsonException e, int depth)
    {
        if (depth >= MaxDepth)
            return $"is nested deeper than {MaxDepth} levels; a configuration needs 6";
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return $"is not valid JSON: {ValueText.Escape(end < 0 ? e.Message : e.Message[..end], 300)}";
    }

    private static ConfigurationResult Failed(string error) => new(null, [error], []);
}

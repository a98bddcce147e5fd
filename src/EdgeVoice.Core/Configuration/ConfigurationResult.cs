namespace EdgeVoice.Core.Configuration;

/// <summary>What came of reading a configuration.</summary>
/// <param name="Options">The options of the device, whole and valid; null where there are errors.</param>
/// <param name="Errors">Every error, one line each, in the order of the file.</param>
/// <param name="Warnings">What is accepted but should be known, one line each.</param>
public sealed record ConfigurationResult(EdgeVoiceOptions? Options, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// Where each value comes from, by its path (<c>audio.playback.volume</c>): "shipped", "FILE:LINE:COLUMN (defaults)", the same with
    /// "group NAME" or "device NAME", or "environment NAME". Empty where there are errors.
    /// </summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>();

    /// <summary>Name of the entry below <c>devices</c> that counts, an id or a pattern; null: none does.</summary>
    public string? DeviceEntry { get; init; }
}

/// <summary>One value that breaks a rule.</summary>
/// <param name="Path">Where, from the options' root, as in <c>realtime.input.chunkMs</c>.</param>
/// <param name="Found">What was found; never a secret.</param>
/// <param name="Allowed">What is allowed, and what to do where that is not plain.</param>
public sealed record ConfigurationProblem(string Path, string Found, string Allowed)
{
    /// <summary>The problem as one line.</summary>
    public override string ToString() => $"{Path}: found {Found}; allowed: {Allowed}";
}

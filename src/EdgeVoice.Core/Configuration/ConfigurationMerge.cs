namespace EdgeVoice.Core.Configuration;

/// <summary>What one device gets: its layers, laid over one another and checked whole.</summary>
/// <remarks>One use, one thread.</remarks>
internal sealed class ConfigurationMerge
{
    /// <summary>Origin of a value that no layer sets.</summary>
    public const string Shipped = "shipped";

    private readonly ConfigurationFile _file;
    private readonly LayerBinder _binder = new();

    /// <summary>Merges the defaults, the group and the object of <paramref name="device"/> (null: it has none), and the environment.</summary>
    public ConfigurationMerge(ConfigurationFile file, DeviceEntry? device, IEnumerable<Layer> environment)
    {
        _file = file;
        if (file.Defaults is { } defaults) _binder.Add(defaults);
        if (device is { } entry)
        {
            if (file.GroupOf(entry) is { } group) _binder.Add(group);
            _binder.Add(file.LayerOf(entry));
        }

        foreach (var layer in environment) _binder.Add(layer);
    }

    /// <summary>The options.</summary>
    public EdgeVoiceOptions Options => _binder.Options;

    /// <summary>
    /// Adds what is wrong with the whole and was not found in its layers; <paramref name="remark"/> is put behind each line.
    /// </summary>
    public void Validate(bool hasIotPackages, ConfigurationErrors errors, string remark = "")
    {
        var defaults = _file.Defaults ?? new Layer(string.Empty, "$.defaults", _file.Source, 0, 0);
        foreach (var problem in EdgeVoiceOptionsValidator.Validate(Options, hasIotPackages))
        {
            var (layer, offset) = _binder.PlaceOf(problem.Path) ?? (defaults, defaults.Start);
            var path = layer.Prefix.Length == 0 ? problem.Path : $"{layer.Prefix}.{problem.Path}";
            if (!_binder.HasSkipped(problem.Path) && !errors.Covers(layer.Source, path))
                errors.Add(layer.Source, offset, path, $"found {problem.Found}; allowed: {problem.Allowed}{remark}");
        }
    }

    /// <summary>Where each value comes from, by its path from the options' root.</summary>
    public IReadOnlyDictionary<string, string> Origins()
    {
        // In the order of the file: so each place is found in one walk.
        var origins = OptionTree.Leaves(Options).Select(leaf => (leaf.Path, Origin: _binder.OriginOf(leaf.Path)))
            .OrderBy(leaf => leaf.Origin?.Offset ?? 0)
            .ToDictionary(leaf => leaf.Path, leaf => leaf.Origin is { } origin ? origin.Layer.Origin(origin.Offset) : Shipped);
        return origins;
    }
}

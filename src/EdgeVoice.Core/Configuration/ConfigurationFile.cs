using System.Text.Json;

namespace EdgeVoice.Core.Configuration;

/// <summary>A configuration file, checked in one walk, and where in it each layer stands.</summary>
/// <remarks>One use, one thread. Of a device that is not asked for nothing is kept but its name and its place.</remarks>
internal sealed class ConfigurationFile
{
    /// <summary>Key by which a device names its group.</summary>
    public const string GroupKey = "group";

    private const int Version = 1;
    private const int MaxName = 255;
    /// <summary>The keys of the whole file.</summary>
    public static readonly string[] Keys = ["$schema", "version", "defaults", "groups", "devices"];
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, Layer> _groups = [];
    private readonly HashSet<string> _deviceNames = [];
    private readonly List<DeviceEntry> _devices = [];
    private readonly SourceText _source;
    private readonly ConfigurationErrors _errors;

    private ConfigurationFile(SourceText source, ConfigurationErrors errors) => (_source, _errors) = (source, errors);

    /// <summary>What holds for every device; null where the file has no such layer.</summary>
    public Layer? Defaults { get; private set; }

    /// <summary>The devices in the order of the file.</summary>
    public IReadOnlyList<DeviceEntry> Devices => _devices;

    /// <summary>The groups by their names.</summary>
    public IReadOnlyDictionary<string, Layer> Groups => _groups;

    /// <summary>The text.</summary>
    public SourceText Source => _source;

    /// <summary>Walks through the whole file; what is wrong goes to <paramref name="errors"/>.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static ConfigurationFile Walk(ref Utf8JsonReader reader, SourceText source, ConfigurationErrors errors)
    {
        var file = new ConfigurationFile(source, errors);
        file.Walk(ref reader);
        return file;
    }

    /// <summary>The layer of a device.</summary>
    public Layer LayerOf(DeviceEntry device) =>
        new($"device {ValueText.Escape(device.Name)}", OptionPath.Child("$.devices", device.Name), _source, device.Start, device.End);

    /// <summary>The layer of the group that a device names; null where it names none that is there.</summary>
    public Layer? GroupOf(DeviceEntry device)
    {
        if (device.GroupAt < 0)
            return null;
        var reader = new Utf8JsonReader(_source.Bytes[device.GroupAt..]);
        reader.Read();
        return JsonText.Find(ref reader, _groups);
    }

    private void Walk(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            RejectKind(ref reader, "$", "an object: { \"version\": 1, \"defaults\": { ... } }");
            reader.Skip();
        }
        else
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                ReadKey(ref reader);
            if (!_seen.Contains("version"))
                _errors.Add(_source, start, "$.version", $"found nothing; allowed: {Version}");
            CheckGroups();
        }

        // Nothing but comments may follow; the reader says so itself.
        while (reader.Read())
            reader.Skip();
    }

    private void ReadKey(ref Utf8JsonReader reader)
    {
        if (JsonText.Read(ref reader) is not { } name)
        {
            UnknownKey.RejectHalf(ref reader, _errors, _source, "$");
        }
        else if (!Keys.Contains(name))
        {
            UnknownKey.Reject(ref reader, _errors, _source, "$", name, Keys);
        }
        else if (!_seen.Add(name))
        {
            RejectSecond(ref reader, $"$.{name}");
        }
        else
        {
            reader.Read();
            ReadValue(ref reader, name);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, string name)
    {
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (name == "$schema" && reader.TokenType != JsonTokenType.String)
            RejectKind(ref reader, "$.$schema", "text in quotes");
        else if (name == "version" && !IsVersion(ref reader))
            RejectKind(ref reader, "$.version", $"{Version}");
        else if (name is "defaults" or "groups" or "devices" && !isObject)
            RejectKind(ref reader, $"$.{name}", "an object: { ... }");
        else if (name == "defaults")
            Defaults = ReadDefaults(ref reader);
        else if (name is "groups" or "devices")
            ReadNamed(ref reader, name);
        reader.Skip();
    }

    private Layer ReadDefaults(ref Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex;
        new LayerChecker(_errors, _source, "$.defaults").CheckObject(ref reader, typeof(EdgeVoiceOptions));
        return new Layer("defaults", "$.defaults", _source, start, (int)reader.BytesConsumed);
    }

    private void ReadNamed(ref Utf8JsonReader reader, string kind)
    {
        var checker = new LayerChecker(_errors, _source, $"$.{kind}");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var place = reader.TokenStartIndex;
            if (JsonText.Read(ref reader) is not { } name)
                UnknownKey.RejectHalf(ref reader, _errors, _source, $"$.{kind}");
            else if (kind == "groups" ? _groups.ContainsKey(name) : !_deviceNames.Add(name))
                RejectSecond(ref reader, OptionPath.Child($"$.{kind}", name));
            else
                ReadLayer(ref reader, checker, kind, name, place);
        }
    }

    private void ReadLayer(ref Utf8JsonReader reader, LayerChecker checker, string kind, string name, long place)
    {
        if (name.Length > MaxName || string.IsNullOrWhiteSpace(name) || OptionRules.HasControl(name))
            _errors.Add(_source, place, OptionPath.Child($"$.{kind}", name), $"found this name; allowed: one line of 1 to {MaxName} characters");
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            RejectKind(ref reader, OptionPath.Child($"$.{kind}", name), "an object: { ... }");
            reader.Skip();
            return;
        }

        var start = (int)reader.TokenStartIndex;
        var isDevice = kind == "devices";
        checker.CheckLayer(ref reader, name, mayHaveGroup: isDevice);
        var end = (int)reader.BytesConsumed;
        if (isDevice)
            _devices.Add(new DeviceEntry(name, start, end, checker.GroupAt));
        else
            _groups.Add(name, new Layer($"group {ValueText.Escape(name)}", OptionPath.Child("$.groups", name), _source, start, end));
    }

    // Only now: groups may stand behind the devices that name them.
    private void CheckGroups()
    {
        foreach (var device in _devices)
        {
            if (device.GroupAt >= 0 && GroupOf(device) is null)
                RejectGroup(device);
        }
    }

    private void RejectGroup(DeviceEntry device)
    {
        if (!_errors.HasRoom)
        {
            _errors.CountUnshown();
            return;
        }

        var reader = new Utf8JsonReader(_source.Bytes[device.GroupAt..]);
        reader.Read();
        var name = JsonText.Read(ref reader);
        var allowed = _groups.Count == 0 ? "no group, for there is none: add it below \"groups\""
            : $"the name of a group; the nearest is {ValueText.Quote(NearestName.Of(name ?? string.Empty, _groups.Keys))}";
        _errors.Add(
            _source, device.GroupAt, $"{OptionPath.Child("$.devices", device.Name)}.{GroupKey}", $"found {OptionValue.Found(ref reader, name)}; allowed: {allowed}");
    }

    private void RejectSecond(ref Utf8JsonReader reader, string path)
    {
        _errors.Add(_source, reader.TokenStartIndex, path, UnknownKey.Twice);
        reader.Read();
        reader.Skip();
    }

    private static bool IsVersion(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == Version;

    private void RejectKind(ref Utf8JsonReader reader, string path, string allowed)
    {
        var text = reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : null;
        _errors.Add(_source, reader.TokenStartIndex, path, $"found {OptionValue.Found(ref reader, text)}; allowed: {allowed}");
    }
}

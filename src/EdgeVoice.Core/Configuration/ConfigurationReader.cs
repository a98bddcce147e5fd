using System.Text.Json;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Core.Configuration;

/// <summary>Reads a configuration: bounded, every error at once, each on one line with its place; merges what one device gets.</summary>
/// <remarks>Any thread may call it; a pipe, a device or a huge file never makes it wait.</remarks>
public static class ConfigurationReader
{
    /// <summary>Largest file read, in bytes.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Deepest nesting read.</summary>
    internal const int MaxDepth = 64;

    /// <summary>
    /// Reads the file at <paramref name="path"/> for this device and with this process's environment. <paramref name="hasIotPackages"/>:
    /// whether this build has the backends <c>alsa-net</c> and <c>iot</c>; default false.
    /// </summary>
    public static ConfigurationResult Read(string path, bool hasIotPackages = false) =>
        Read(path, ConfigurationRequest.OfThisDevice(hasIotPackages));

    /// <summary>Reads the file at <paramref name="path"/>, checks every layer in it, and merges and validates what one device gets.</summary>
    public static ConfigurationResult Read(string path, ConfigurationRequest request)
    {
        var bytes = BoundedFile.Read(path, MaxBytes, refuse: null, out var error);
        return bytes is null ? Failed(error) : Parse(path, bytes, request);
    }

    /// <summary>As <see cref="Read(string, ConfigurationRequest)"/>, of bytes that have been read; <paramref name="name"/> stands for the file in messages.</summary>
    public static ConfigurationResult Parse(string name, byte[] bytes, ConfigurationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var errors = new ConfigurationErrors(name);
        if (Walk(name, bytes, errors) is not { } file)
            return new ConfigurationResult(null, errors.ToLines(), []);
        var environment = EnvironmentLayers.Read(request.Environment, errors);
        var device = DeviceEntry.For(request.DeviceId, file.Devices);
        var merge = new ConfigurationMerge(file, device, environment);
        merge.Validate(request.HasIotPackages, errors);
        if (!errors.IsEmpty)
            return new ConfigurationResult(null, errors.ToLines(), []) { DeviceEntry = device?.Name };
        return new ConfigurationResult(merge.Options, [], Warnings(file, device, request.DeviceId)) { Origins = merge.Origins(), DeviceEntry = device?.Name };
    }

    /// <summary>The file, walked through; null with an error where it is no JSON text.</summary>
    internal static ConfigurationFile? Walk(string name, byte[] bytes, ConfigurationErrors errors)
    {
        var source = new SourceText(name, bytes);
        if (source.EncodingProblem() is { } problem)
        {
            errors.Add(problem);
            return null;
        }

        var reader = new Utf8JsonReader(bytes, JsonText.Reading);
        try
        {
            var file = ConfigurationFile.Walk(ref reader, source, errors);
            // A value was looked at where it stands; a comment or a name may hold a key, too, and the file is copied as it is.
            if (errors.IsEmpty && KeyShape.IndexIn(bytes) is >= 0 and var place)
                errors.Add(source, place, string.Empty, $"found a secret (not shown): {SecretShape.Remedy}");
            return file;
        }
        catch (JsonException e)
        {
            errors.Add(source, source.Offset(e.LineNumber ?? 0, e.BytePositionInLine ?? 0), string.Empty, SyntaxProblem(e, reader.CurrentDepth));
            return null;
        }
    }

    // The wrong case is seen nowhere else: such a device would just get the defaults.
    private static IReadOnlyList<string> Warnings(ConfigurationFile file, DeviceEntry? device, string id)
    {
        if (device is not null)
            return [];
        var alike = file.Devices.FirstOrDefault(entry => string.Equals(entry.Name, id, StringComparison.OrdinalIgnoreCase)).Name;
        return alike is null
            ? []
            : [$"{file.Source.Name}: device {ValueText.Escape(alike)} is not used: this device is {ValueText.Escape(id)}, and small and capital letters count"];
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

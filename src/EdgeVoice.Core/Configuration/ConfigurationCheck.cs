namespace EdgeVoice.Core.Configuration;

/// <summary>What came of checking a configuration for every device that it names.</summary>
/// <param name="Devices">How many devices and patterns it names.</param>
/// <param name="Errors">Every error, one line each, in the order of the file; empty where all is well.</param>
public sealed record ConfigurationCheck(int Devices, IReadOnlyList<string> Errors)
{
    /// <summary>
    /// Checks every layer of the file at <paramref name="path"/>, and what each of its devices gets, without the environment; where it names
    /// none, the defaults alone. An error that many devices have is told once, with the first of them. Any thread may call it.
    /// </summary>
    public static ConfigurationCheck Of(string path, bool hasIotPackages)
    {
        if (BoundedFile.Read(path, ConfigurationReader.MaxBytes, refuse: null, out var error) is not { } bytes)
            return new ConfigurationCheck(0, [error]);
        var errors = new ConfigurationErrors(path);
        if (ConfigurationReader.Walk(path, bytes, errors) is not { } file)
            return new ConfigurationCheck(0, errors.ToLines());
        foreach (var device in file.Devices)
            new ConfigurationMerge(file, device, []).Validate(hasIotPackages, errors, $" (device {ValueText.Escape(device.Name)})");
        if (file.Devices.Count == 0)
            new ConfigurationMerge(file, null, []).Validate(hasIotPackages, errors);
        return new ConfigurationCheck(file.Devices.Count, errors.ToLines());
    }
}

using System.CommandLine;
using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Verbs;

/// <summary>What the verbs of <c>config</c> have in common.</summary>
internal static class ConfigOptions
{
    public static Option<string?> Device(string description)
    {
        var option = new Option<string?>("--device") { Description = description, HelpName = "ID" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError("--device: an id is missing.");
        });
        return option;
    }

    /// <summary>The request of this process, for another device where one is named.</summary>
    public static ConfigurationRequest Request(string? device, bool hasIotPackages)
    {
        var request = ConfigurationRequest.OfThisDevice(hasIotPackages);
        return device is null ? request : request with { DeviceId = device };
    }
}

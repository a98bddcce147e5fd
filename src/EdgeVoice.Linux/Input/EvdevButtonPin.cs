using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Linux.Input;

/// <summary>Keys of an input device as a button: USB foot switches, and buttons of boards that the kernel gives as keys.</summary>
/// <remarks>
/// As <see cref="KernelButtonPin"/> says. The device is taken for this program alone, so that the console does not get what is pressed.
/// It is down while any of its keys is, or while <paramref name="key"/> is; what a held key repeats is passed over.
/// </remarks>
/// <param name="device">Name of the input device, or a path below <c>/dev/input</c>.</param>
/// <param name="key">The only key that counts; null: any. An unknown name counts as none.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Where losses and returns are told.</param>
public sealed class EvdevButtonPin(string device, NumberOrName? key, TimeProvider time, ILogger<EvdevButtonPin> log)
    : KernelButtonPin($"button input:{device}", (out string problem) => Open(device, CodeOf(key), out problem), keepsLevel: false, time, log)
{
    private static int? CodeOf(NumberOrName? key) => key is { Name: { } name } ? KeyNames.CodeOf(name) ?? -1 : key?.Number;

    private static EvdevFile? Open(string device, int? key, out string problem)
    {
        if (InputDevices.TryTake(device, key, out var why) is { } taken)
        {
            problem = "";
            return new EvdevFile(taken, key);
        }

        problem = $"button input:{device}: {why}";
        return null;
    }
}

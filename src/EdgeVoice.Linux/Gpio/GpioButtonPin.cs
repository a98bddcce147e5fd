using EdgeVoice.Linux.Input;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Linux.Gpio;

/// <summary>A push button, or a switch, on a GPIO line: the kernel's character device, version 2 of its interface (linux/gpio.h).</summary>
/// <remarks>
/// As <see cref="KernelButtonPin"/> says. Edges carry the kernel's monotonic time stamps; its debounce is off, since it would report
/// an edge only after its period. Where the sequence numbers have a hole, the level is read anew and the missing edge is told.
/// </remarks>
/// <param name="line">Which line.</param>
/// <param name="use">What it is for, such as <c>button</c>; the first word of log lines.</param>
/// <param name="keepsLevel">True for a switch: while its chip is gone the last level stands. False: it counts as released.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Where losses and returns are told.</param>
public sealed class GpioButtonPin(GpioLineSettings line, string use, bool keepsLevel, TimeProvider time, ILogger<GpioButtonPin> log)
    : KernelButtonPin(NameOf(line, use), (out string problem) => Open(line, use, time, out problem), keepsLevel, time, log)
{
    private static string NameOf(GpioLineSettings line, string use) => $"{use} {line.Chip} line {line.Line}";

    private static GpioLineFile? Open(GpioLineSettings line, string use, TimeProvider time, out string problem)
    {
        var file = GpioLines.TryOpen(line, time, out var why);
        problem = file is null ? $"{NameOf(line, use)}: {why}" : "";
        return file;
    }
}

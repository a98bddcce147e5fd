using Spectre.Console;

namespace EdgeVoice.Terminal;

/// <summary>Chooses how to show a device.</summary>
public static class DeviceDisplays
{
    /// <summary>
    /// A live picture where <paramref name="output"/> is a terminal that can show one, else plain lines: when output is redirected, TERM is
    /// missing or <c>dumb</c>, or CI is set.
    /// </summary>
    /// <param name="output">Standard output.</param>
    /// <param name="isRedirected">True when it is no terminal.</param>
    /// <param name="environment">Reads one environment variable.</param>
    /// <param name="time">Paces the picture and dates the lines.</param>
    /// <param name="pixels">Pixels of the ring, 1 to 64.</param>
    public static IDeviceDisplay Create(
        TextWriter output, bool isRedirected, Func<string, string?> environment, TimeProvider time, int pixels = 12)
    {
        if (!IsLive(isRedirected, environment)) return new PlainDisplay(output, time, pixels);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
        });
        return new DeviceDisplay(console, time, pixels);
    }

    /// <summary>True where a live picture can be drawn.</summary>
    internal static bool IsLive(bool isRedirected, Func<string, string?> environment) =>
        !isRedirected && environment("CI") is null or "" or "false" && environment("TERM") is not (null or "" or "dumb");
}

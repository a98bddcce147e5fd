namespace EdgeVoice.Demo;

/// <summary>The demo cannot go on; one line, and the exit code it means.</summary>
internal sealed class DemoFailure(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}

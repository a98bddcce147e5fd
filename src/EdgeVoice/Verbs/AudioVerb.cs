using System.CommandLine;

namespace EdgeVoice.Verbs;

/// <summary><c>audio</c>: offline and bench use of the very code the device runs.</summary>
internal static class AudioVerb
{
    public static Command Create(TextWriter output, TextWriter error) =>
        new("audio", "The device's own audio code, used on files and sound cards.")
        {
            AudioRecordVerb.Create(output, error),
            AudioPlayVerb.Create(output, error),
            AudioLevelsVerb.Create(output, error),
            AudioResampleVerb.Create(output, error),
        };
}

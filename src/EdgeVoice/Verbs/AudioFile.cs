namespace EdgeVoice.Verbs;

/// <summary>What is said when a WAV file cannot be written.</summary>
internal static class AudioFile
{
    /// <summary>One line: what, where, what to do.</summary>
    public static string NotWritten(string path, Exception exception) =>
        $"{path}: cannot be written ({exception.Message}); check the folder, its permissions and the space left";
}

namespace EdgeVoice.Core.Audio;

/// <summary>A WAV that cannot be used; the message is one line: which file, what is wrong, what to do.</summary>
public sealed class WavFormatException : IOException
{
    /// <summary>Creates the message from the file's name, what is wrong and what to do.</summary>
    public WavFormatException(string name, string problem, string advice, Exception? inner = null)
        : base($"{name}: {problem}; {advice}", inner)
    {
    }
}

using EdgeVoice.Core.Devices;

namespace EdgeVoice.Terminal;

/// <summary>Who said it.</summary>
public enum TranscriptRole
{
    /// <summary>The person.</summary>
    User,

    /// <summary>The device.</summary>
    Assistant,
}

/// <summary>What a terminal shows of a running device.</summary>
/// <remarks>
/// Any thread may call any member at any time, also after disposal (then nothing is shown). Text may be anything: control characters and
/// escape sequences are taken out.
/// </remarks>
public interface IDeviceDisplay : IAsyncDisposable
{
    /// <summary>The lights drawn in the terminal, to be given to the LED loop.</summary>
    IPixelRing Ring { get; }

    /// <summary>The states of the four machines, in the words a person should read.</summary>
    void SetStates(string link, string conversation, string turn, bool muted);

    /// <summary>Loudness of the microphone and of the loudspeaker, 0 to 1.</summary>
    void SetLevels(float input, float output);

    /// <summary>Adds to what is being said; the first text opens a line.</summary>
    void AppendTranscript(TranscriptRole role, string text);

    /// <summary>What was being said by <paramref name="role"/> is complete; without an open line nothing happens.</summary>
    void EndTranscript(TranscriptRole role);

    /// <summary>One line about an event.</summary>
    void Note(string text);
}

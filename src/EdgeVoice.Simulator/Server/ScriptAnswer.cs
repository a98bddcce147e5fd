namespace EdgeVoice.Simulator.Server;

/// <summary>One output item of an answer.</summary>
public abstract record ScriptAnswer;

/// <summary>Words, spoken as a babble of one tone a syllable (or sent as text where the session asks for text).</summary>
/// <param name="Text">The words; they are the transcript.</param>
public sealed record TextAnswer(string Text) : ScriptAnswer;

/// <summary>A sound file, converted to the session's output rate.</summary>
/// <param name="Path">A WAV file, relative to the script's folder when it comes from a script file.</param>
/// <param name="Transcript">What it says; null: the file's name in brackets.</param>
public sealed record WavAnswer(string Path, string? Transcript = null) : ScriptAnswer;

/// <summary>Samples made by code.</summary>
/// <param name="Samples">PCM16 mono.</param>
/// <param name="Rate">Samples a second, 8000 to 192000.</param>
/// <param name="Transcript">What they say.</param>
public sealed record PcmAnswer(ReadOnlyMemory<short> Samples, int Rate, string Transcript) : ScriptAnswer;

/// <summary>A sine tone at a quarter of full scale.</summary>
/// <param name="Hz">Frequency in Hz, 20 to 3900.</param>
/// <param name="Ms">Length in milliseconds, 1 to 600000.</param>
/// <param name="Transcript">What it is said to say; null: its description in brackets.</param>
public sealed record ToneAnswer(double Hz, int Ms, string? Transcript = null) : ScriptAnswer;

/// <summary>Digital silence with a length: an answer that is there and cannot be heard.</summary>
/// <param name="Ms">Length in milliseconds, 1 to 600000.</param>
public sealed record SilenceAnswer(int Ms) : ScriptAnswer;

/// <summary>A function call; the client has to answer it with a function_call_output and a response.create.</summary>
/// <param name="Name">The function's name, sent whether or not the session declared it.</param>
/// <param name="Arguments">JSON text; sent as it is, even when it is no JSON.</param>
public sealed record ToolCallAnswer(string Name, string Arguments) : ScriptAnswer;

/// <summary>What was heard, said again; for text "You said: …".</summary>
public sealed record RepeatAnswer : ScriptAnswer;

/// <summary>The response fails: its response.done carries status failed and this error.</summary>
/// <param name="Code">For instance <c>inference_rate_limit_exceeded</c>.</param>
/// <param name="Message">For people.</param>
public sealed record FailAnswer(string Code, string Message) : ScriptAnswer;
